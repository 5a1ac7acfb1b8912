"""Forms about initiatives."""

from typing import Any

from wtforms.validators import NumberRange

from accounts.forms import choices_of
from core import clock
from core.forms import (
    AT_MOST,
    NO_DAY,
    REQUIRED,
    BaseForm,
    Choice,
    Day,
    InputRequired,
    Length,
    SelectChoice,
    Text,
    TextArea,
    WholeNumber,
)
from core.i18n import _, _l
from core.seen_forms import SeenForm
from initiatives.models import Initiative, Level
from initiatives.services import Content
from initiatives.workflow import INITIATIVE, InitiativeAction

NO_NUMBER = _l("Enter a number from 1 to 9999")


class InitiativeForm(BaseForm):
    number = WholeNumber(
        _l("Number"), validators=[InputRequired(NO_NUMBER), NumberRange(1, 9999, message=NO_NUMBER)]
    )
    title = Text(_l("Title"), validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)])
    purpose = TextArea(
        _l("What it is for"),
        validators=[InputRequired(REQUIRED), Length(max=2000, message=AT_MOST)],
        description=_l("In a few plain sentences. Everybody can read it at once, so no names of people."),
    )
    decision_maker = Text(
        _l("Who decides"),
        validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)],
        description=_l("The body, not the person: a ministry, a council."),
    )
    actor = Text(
        _l("Who carries it out"), validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)]
    )
    level = Choice(_l("Level"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = choices_of(Level)

    def content(self) -> Content:
        return Content(
            number=self.number.data or 0,
            title=self.title.data or "",
            purpose=self.purpose.data or "",
            decision_maker=self.decision_maker.data or "",
            actor=self.actor.data or "",
            level=Level(self.level.data),
        )


class ChangeInitiativeForm(SeenForm, InitiativeForm):
    """One that is there already."""


class FollowUpForm(BaseForm):
    day = Day(_l("Day"), validators=[InputRequired(NO_DAY)])
    text = TextArea(
        _l("What is new"),
        validators=[InputRequired(REQUIRED), Length(max=2000, message=AT_MOST)],
        description=_l("Everybody can read it, and it goes to those who asked for news of initiatives."),
    )
    action = Choice(_l("Where it stands now"))

    @classmethod
    def of(cls, initiative: Initiative) -> "FollowUpForm":
        form = cls(day=clock.today())
        actions = [SelectChoice(one.value, str(one.label)) for one in INITIATIVE.actions(initiative.status)]
        form.action.choices = [SelectChoice("", _("As before")), *actions]
        return form

    def wanted_action(self) -> InitiativeAction | None:
        return InitiativeAction(self.action.data) if self.action.data else None
