"""The form of one area: its statements, each with a scale, and a note."""

from typing import Any

from assessments.models import NOTE_LENGTH, Answer, AssessmentArea
from assessments.questionnaire import Area
from assessments.services import Entry
from core.forms import AT_MOST, BaseForm, Hidden, Length, Optional, Radio, SelectChoice, TextArea
from core.i18n import _l, language

PREFIX = "says_"


class AreaForm(BaseForm):
    note = TextArea(
        _l("Note"),
        description=_l("What is behind these answers, in counts and places, without names of people."),
        validators=[Optional(), Length(max=NOTE_LENGTH, message=AT_MOST)],
    )
    seen = Hidden()
    """The state of the area that the form was opened with."""

    @property
    def statements(self) -> list[Any]:
        return [field for field in self if field.name.startswith(PREFIX)]

    @property
    def entry(self) -> Entry:
        """A statement may be left for later."""
        known = {str(one) for one in Answer}
        answers = {
            field.name.removeprefix(PREFIX): field.data for field in self.statements if field.data in known
        }
        return Entry(answers, self.note.data or None)

    @property
    def seen_version(self) -> int:
        written = self.seen.data or ""
        return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0

    def look_again(self, row: AssessmentArea) -> None:
        """What was typed stays; it is sent again over what somebody else has saved."""
        self.seen.data = str(row.row_version)


def form_for(area: Area, row: AssessmentArea | None) -> AreaForm:
    """With what is answered already."""
    choices = [SelectChoice(one.value, one.label) for one in Answer]
    fields = {
        f"{PREFIX}{one.key}": Radio(
            one.text.in_language(language()), choices=choices, validators=[Optional()], validate_choice=False
        )
        for one in area.statements
    }
    form: AreaForm = type("FormOfArea", (AreaForm,), fields)(**_known(row))
    return form


def _known(row: AssessmentArea | None) -> dict[str, Any]:
    if row is None:
        return {"seen": "1"}
    answers = {f"{PREFIX}{key}": value for key, value in row.answers.items()}
    return {**answers, "note": row.note, "seen": str(row.row_version)}
