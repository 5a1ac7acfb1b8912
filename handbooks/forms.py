"""Forms about handbooks."""

from collections.abc import Sequence
from typing import Any

from accounts.forms import choices_of
from core import clock
from core.forms import (
    AT_MOST,
    NO_DAY,
    REQUIRED,
    BaseForm,
    Checkbox,
    Choice,
    Choices,
    Day,
    Hidden,
    InputRequired,
    Length,
    Optional,
    SelectChoice,
    Text,
    Upload,
    WholeNumber,
)
from core.i18n import _, _l
from core.seen_forms import SeenForm
from handbooks.models import HandbookEdition, HandbookIssue
from handbooks.queries import Supply
from municipalities.models import Voivodeship

NO_COUNT = _l("Enter a number of copies")
MOST_DIGITS = 9
"""Of an id: what is longer a database may not count."""


def _as_id(typed: str | int) -> int:
    if len(str(typed)) > MOST_DIGITS:
        raise ValueError
    return int(typed)


class SupplyFilter(BaseForm):
    """Narrows the list of municipalities. Read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(_l("Search"), description=_l("Municipality or code"), render_kw={"type": "search"})
    voivodeship = Choice(_l("Voivodeship"), validate_choice=False)
    supply = Choice(_l("Copies"), validate_choice=False)

    def offer(self, voivodeships: Sequence[Voivodeship]) -> None:
        everything = SelectChoice("", _("All"))
        self.voivodeship.choices = [everything, *(SelectChoice(one.code, one.name) for one in voivodeships)]
        self.supply.choices = [everything, *choices_of(Supply)]

    @property
    def wanted_supply(self) -> Supply | None:
        return Supply(self.supply.data) if self.supply.data in set(Supply) else None


class SendForm(BaseForm):
    """For the municipalities ticked in the list, or for the one whose page it is."""

    municipality_ids = Choices(_l("Municipalities"), coerce=_as_id, validate_choice=False)
    sent_on = Day(_l("Sent on"), validators=[InputRequired(NO_DAY)])
    sent_count = WholeNumber(_l("Copies for each"), validators=[InputRequired(NO_COUNT)])
    seen = Hidden()
    """The last sending when the page was opened, or since the word of later ones: sent twice, the form records its copies
    once.
    """

    @property
    def seen_id(self) -> int | None:
        typed = self.seen.data or ""
        return int(typed) if typed.isdecimal() and len(typed) <= MOST_DIGITS else None


class CorrectSendingForm(SeenForm):
    sent_on = Day(_l("Sent on"), validators=[InputRequired(NO_DAY)])
    sent_count = WholeNumber(_l("Copies sent"), validators=[InputRequired(NO_COUNT)])


class ConfirmCopiesForm(SeenForm):
    confirmed_count = WholeNumber(
        _l("Copies that arrived"),
        description=_l("Whole and usable. Enter 0 if nothing came."),
        validators=[InputRequired(NO_COUNT)],
    )
    confirmed_on = Day(_l("Arrived on"), validators=[InputRequired(NO_DAY)])
    note = Text(
        _l("Note for the office"),
        description=_l("Such as: two copies were damaged."),
        validators=[Optional(), Length(max=300, message=AT_MOST)],
    )

    @classmethod
    def of(cls, issue: HandbookIssue) -> "ConfirmCopiesForm":
        """Of what nobody has confirmed yet it offers the usual: all of it, today."""
        form = cls(confirmed_count=issue.confirmed_count, confirmed_on=issue.confirmed_on, note=issue.note)
        if issue.confirmed_on is None and not form.is_submitted():
            form.confirmed_count.data, form.confirmed_on.data = issue.sent_count, clock.today()
        return form


class EditionForm(BaseForm):
    title = Text(_l("Title"), validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)])
    edition = Text(
        _l("Edition"),
        description=_l("As printed in the book: 2, corrected."),
        validators=[InputRequired(REQUIRED), Length(max=60, message=AT_MOST)],
    )
    published_on = Day(_l("Published on"), validators=[InputRequired(NO_DAY)])
    is_current = Checkbox(_l("This is the current edition: it is what is sent"))
    file = Upload(
        _l("Electronic version"),
        description=_l("A PDF of up to 10 MB. Anybody can download it."),
        validators=[Optional()],
    )

    def sent_file(self) -> tuple[str, bytes] | None:
        file: Any = self.file.data
        is_sent = file and getattr(file, "filename", "")
        return (file.filename, file.read()) if is_sent else None

    @classmethod
    def of(cls, edition: HandbookEdition | None) -> "EditionForm":
        if edition is None:
            return cls(published_on=clock.today(), is_current=True)
        return cls(
            title=edition.title,
            edition=edition.edition,
            published_on=edition.published_on,
            is_current=edition.is_current,
        )
