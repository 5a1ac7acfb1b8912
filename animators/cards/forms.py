"""Forms about work cards."""

import re
import secrets
from collections.abc import Sequence
from datetime import date

from animators.cards.models import ENTERED, LONGEST_NOTE, CardLine, Work
from animators.cards.services.entering import Entry
from animators.hours.minutes import MinutesField
from core import clock
from core.formatting import month_name
from core.forms import (
    AT_MOST,
    NO_DAY,
    BaseForm,
    Choice,
    Day,
    Hidden,
    InputRequired,
    Length,
    Optional,
    SelectChoice,
    Text,
    TextArea,
    WholeNumber,
)
from core.i18n import _, _l
from core.personal_fields import NoPesel

KEY = re.compile(r"[0-9a-f]{32}")
THIS_MONTH, ADDS, TAKES = "no", "adds", "takes"


class LineForm(BaseForm):
    kind = Choice(_l("Kind of work"), choices=[SelectChoice(one.value, one.label) for one in ENTERED])
    day = Day(_l("Day"), validators=[InputRequired(NO_DAY)])
    minutes = MinutesField(
        _l("Time"), description=_l("In minutes, or as 1:30 or 1,5 h."), validators=[Optional()]
    )
    km = WholeNumber(
        _l("Kilometres"), description=_l("Of a journey, there and back."), validators=[Optional()]
    )
    note = Text(
        _l("What it was"),
        description=_l("For a journey from where to where. No names of people."),
        validators=[Optional(), NoPesel(), Length(max=LONGEST_NOTE, message=AT_MOST)],
    )
    correction = Choice(_l("Month"), description=_l("A submitted card does not change: correct it here."))
    entry_key = Hidden()

    @classmethod
    def of(cls, line: CardLine | None, month: date) -> "LineForm":
        usual = min(clock.today(), date(month.year, month.month, 28)) if line is None else line.day
        form = cls(
            kind=line.kind.value if line else Work.TRAVEL.value,
            day=max(usual, month) if line is None else usual,
            minutes=abs(line.minutes) or None if line else None,
            km=abs(line.km) or None if line else None,
            note=line.note if line else None,
            correction=_direction(line) if line else THIS_MONTH,
        )
        if not form.entry_key.data:
            form.renew_key()
        form.correction.choices = [
            SelectChoice(THIS_MONTH, _("Work of this month")),
            SelectChoice(ADDS, _("Correction: adds to an earlier card")),
            SelectChoice(TAKES, _("Correction: takes back from an earlier card")),
        ]
        return form

    def renew_key(self) -> None:
        self.entry_key.data = secrets.token_hex(16)

    def entry(self) -> Entry:
        sign = -1 if self.correction.data == TAKES else 1
        return Entry(
            self.day.data or clock.today(),
            Work(self.kind.data),
            sign * (self.minutes.data or 0),
            sign * (self.km.data or 0),
            self.note.data or None,
            self.correction.data in {ADDS, TAKES},
        )

    @property
    def key(self) -> str | None:
        sent = self.entry_key.data or ""
        return sent if KEY.fullmatch(sent) else None


def _direction(line: CardLine) -> str:
    if not line.is_correction:
        return THIS_MONTH
    return TAKES if line.minutes < 0 or line.km < 0 else ADDS


class SubmitForm(BaseForm):
    seen = Hidden()
    """What the animator saw on the page."""


class ReturnForm(BaseForm):
    reason = TextArea(
        _l("What has to be corrected"),
        description=_l("The animator receives this text by e-mail."),
        validators=[
            InputRequired(_l("Say what has to be corrected")),
            NoPesel(),
            Length(max=500, message=AT_MOST),
        ],
    )


class BeginForm(BaseForm):
    month = Hidden()

    @property
    def wanted(self) -> date | None:
        return read_month(self.month.data or "")


class MonthFilter(BaseForm):
    """Read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    month = Choice(_l("Month"), validate_choice=False)

    def offer(self, months: Sequence[date]) -> None:
        self.month.choices = [SelectChoice(f"{one:%Y-%m}", month_name(one)) for one in months]


def read_month(text: str) -> date | None:
    """``2026-10``: its first day."""
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text, re.ASCII):
        return None
    return date(int(text[:4]), int(text[5:]), 1)
