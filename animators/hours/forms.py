"""What a form asks that takes hours, and what the office fills in when it decides about them."""

from typing import Any

from animators.hours.errors import OverBudgetNeedsReason
from animators.hours.forecasts import Forecast, Level
from animators.hours.minutes import MinutesField
from animators.hours.models import Pot
from core.forms import (
    AT_MOST,
    REQUIRED,
    BaseForm,
    Hidden,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    TextArea,
)
from core.i18n import _l


class HoursForm(BaseForm):
    """The base of a form by which minutes are taken from a pot: it warns before anything is saved.

    The page includes ``hours/_forecast.html``, which shows the warning while people type. Without a script the form
    comes back once with it, and is sent again.
    """

    over_reason = TextArea(
        _l("Why more time was needed"),
        validators=[Optional(), Length(max=500, message=AT_MOST)],
        description=_l("The programme office reads it when it decides."),
    )
    warned = Hidden(validators=[Optional()])
    """The warning that stood on the page when this was sent."""

    forecast: Forecast | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.over_reason.flags.required = True  # where it is asked for at all

    def is_warned_of(self, forecast: Forecast) -> bool:
        """Whether it may be saved: nothing to be warned of, or this was read before; over the pot also with a reason."""
        self.forecast = forecast
        if forecast.level is Level.OVER:
            if not self.over_reason.data:
                self.reject(OverBudgetNeedsReason(forecast.over))
                return False
            return True
        return forecast.level is Level.CALM or self._seen().rank >= forecast.level.rank

    def _seen(self) -> Level:
        return Level(self.warned.data) if self.warned.data in set(Level) else Level.CALM


class MinutesForm(HoursForm):
    """As ``HoursForm``, with the minutes themselves."""

    minutes = MinutesField(_l("Minutes"), validators=[InputRequired(_l("Enter how long it lasted"))])


class DecideForm(BaseForm):
    decision = Radio(_l("Decision"), validators=[InputRequired(_l("Choose one of the three"))])
    note = TextArea(
        _l("Note"),
        validators=[Optional(), Length(max=500, message=AT_MOST)],
        description=_l("The leader and the animator read it. A refusal needs one."),
    )


ADD, TAKE, MOVE = "add", "take", "move"


class ChangeForm(BaseForm):
    pot = Radio(
        _l("Pot"),
        choices=[SelectChoice(one.value, one.label) for one in Pot],
        validators=[InputRequired(REQUIRED)],
    )
    change = Radio(
        _l("What changes"),
        choices=[
            SelectChoice(ADD, _l("It gets more")),
            SelectChoice(TAKE, _l("It gets less")),
            SelectChoice(MOVE, _l("It gets more, from the other pot")),
        ],
        validators=[InputRequired(REQUIRED)],
    )
    minutes = MinutesField(
        _l("How much"),
        validators=[InputRequired(_l("Enter how much, for example 60 or 1:30"))],
        most=10_000,
        description=_l("In minutes, or as 1:30 or 1,5 h."),
    )
    reason = TextArea(
        _l("Reason"),
        validators=[InputRequired(REQUIRED), Length(max=500, message=AT_MOST)],
        description=_l(
            "It stands beside the hours for good, and in the mail to the leader and the animator."
        ),
    )

    @property
    def chosen(self) -> tuple[Pot, str, int, str]:
        said: Any = self.minutes.data
        return Pot(self.pot.data), str(self.change.data), int(said), str(self.reason.data)
