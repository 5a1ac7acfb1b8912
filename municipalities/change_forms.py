"""Forms for changes of municipalities: one for each kind, with what that kind needs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileRequired

from core.forms import (
    REQUIRED,
    BaseForm,
    Checkbox,
    Choices,
    Day,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    Text,
    TextArea,
    Upload,
    ValidationError,
    WholeNumber,
)
from core.i18n import _, _l
from municipalities.followers import Question
from municipalities.models import Municipality, MunicipalityChange
from municipalities.services.changing import Part
from municipalities.services.register import ALLOWED_TO_END
from municipalities.typed_units import as_typed, known_or_new, known_unit, lines_of, neighbours, new_unit
from municipalities.workflow import ChangeKind

Parts = tuple[Sequence[Part], Sequence[Part]]
"""Both sides of a change: before and after."""

ONE = _l("Its code of seven digits, or its name where only one is called so.")
EACH = _l("One on each line.")


class ChangeForm(BaseForm):
    """What every kind asks for."""

    effective_on = Day(
        _l("From"),
        description=_l("The first day on which it holds, such as 01.01.2027. It may lie ahead."),
        validators=[InputRequired(REQUIRED)],
    )
    legal_basis = Text(
        _l("Legal basis"),
        description=_l("The regulation, such as: Dz.U. 2018 poz. 1527."),
        validators=[Optional(), Length(max=300)],
    )

    def parts(self) -> Parts:
        raise NotImplementedError

    def show(self, change: MunicipalityChange) -> None:
        """As it was entered."""
        self.effective_on.data, self.legal_basis.data = change.effective_on, change.legal_basis

    def start_from(self, municipality: Municipality) -> None:
        """Opened from the page of a municipality."""

    @property
    def first_day(self) -> date:
        return self.effective_on.data or date.max


class OfOne(ChangeForm):
    municipality = Text(
        _l("Municipality"), description=ONE, validators=[InputRequired(REQUIRED), Length(max=140)]
    )

    @property
    def known(self) -> Municipality:
        return known_unit(self.municipality.data or "", field="municipality")

    def show(self, change: MunicipalityChange) -> None:
        super().show(change)
        self.municipality.data = as_typed(change.sources[0])

    def start_from(self, municipality: Municipality) -> None:
        self.municipality.data = f"{municipality.code} {municipality.name}"


class RenameForm(OfOne):
    new_name = Text(_l("New name"), validators=[InputRequired(REQUIRED), Length(max=80)])

    def parts(self) -> Parts:
        return [Part(self.known, new_name=self.new_name.data)], []

    def show(self, change: MunicipalityChange) -> None:
        super().show(change)
        self.new_name.data = change.sources[0].new_name


class CodeForm(OfOne):
    new_code = Text(
        _l("New code"),
        description=_l("Seven digits. The last one is the type: 1 urban, 2 rural, 3 urban-rural."),
        validators=[InputRequired(REQUIRED), Length(max=7)],
    )
    new_name = Text(
        _l("New name"),
        description=_l("Only if the name changes too."),
        validators=[Optional(), Length(max=80)],
    )

    def parts(self) -> Parts:
        part = Part(self.known, new_code=self.new_code.data, new_name=self.new_name.data or None)
        return [part], []

    def show(self, change: MunicipalityChange) -> None:
        super().show(change)
        self.new_code.data, self.new_name.data = change.sources[0].new_code, change.sources[0].new_name


class MergeForm(ChangeForm):
    sources = TextArea(
        _l("Municipalities that end"),
        description=_l("One on each line: its code, or its name where only one is called so."),
        validators=[InputRequired(REQUIRED), Length(max=4000)],
    )
    target = Text(
        _l("Municipality they become"),
        description=_l(
            "The code of one that goes on; or code and name of a new one, such as: 3203072 Nowa Wieś."
        ),
        validators=[InputRequired(REQUIRED), Length(max=140)],
    )

    def parts(self) -> Parts:
        known = [known_unit(line, field="sources") for line in lines_of(self.sources.data)]
        target = known_or_new(self.target.data or "", known, field="target")
        return [Part(one) for one in dict.fromkeys(known)], [target]

    def show(self, change: MunicipalityChange) -> None:
        super().show(change)
        self.sources.data = "\n".join(as_typed(unit) for unit in change.sources)
        self.target.data = "".join(as_typed(unit) for unit in change.targets)

    def start_from(self, municipality: Municipality) -> None:
        self.sources.data = f"{municipality.code} {municipality.name}"


class SplitForm(OfOne):
    goes_on = Checkbox(
        _l("Part of it goes on under its name and code"),
        description=_l("Leave it empty if nothing is left of the old one."),
    )
    targets = TextArea(
        _l("New municipalities"),
        description=_l("One on each line, code and name, such as: 3203072 Nowa Wieś."),
        validators=[InputRequired(REQUIRED), Length(max=4000)],
    )

    def parts(self) -> Parts:
        new = [new_unit(line, field="targets") for line in lines_of(self.targets.data)]
        return [Part(self.known, goes_on=bool(self.goes_on.data))], new

    def show(self, change: MunicipalityChange) -> None:
        super().show(change)
        self.goes_on.data = change.sources[0].goes_on
        self.targets.data = "\n".join(as_typed(unit) for unit in change.targets)


class AbolishForm(OfOne):
    neighbours = Choices(
        _l("Neighbours in the county that get its land"), validators=[Optional()], validate_choice=False
    )
    targets = TextArea(
        _l("Others that get its land"),
        description=_l(
            "One on each line: the code, or the name where only one is called so. Of a new one code and name."
        ),
        validators=[Optional(), Length(max=4000)],
    )

    def parts(self) -> Parts:
        known = self.known
        chosen = [known_unit(code, field="neighbours") for code in self.neighbours.data or []]
        typed = [known_or_new(line, [known], field="targets") for line in lines_of(self.targets.data)]
        parts = {
            (part.municipality, part.new_code): part for part in [*(Part(one) for one in chosen), *typed]
        }
        return [Part(known)], list(parts.values())

    def show(self, change: MunicipalityChange) -> None:
        super().show(change)
        source = change.sources[0].municipality
        offered = {one.code for one in self._offer(source)} if source else set()
        codes = [unit.municipality.code for unit in change.targets if unit.municipality]
        self.neighbours.data = [code for code in codes if code in offered]
        others = [
            unit
            for unit in change.targets
            if unit.municipality is None or unit.municipality.code not in offered
        ]
        self.targets.data = "\n".join(as_typed(unit) for unit in others)

    def start_from(self, municipality: Municipality) -> None:
        super().start_from(municipality)
        self._offer(municipality)

    def _offer(self, municipality: Municipality) -> Sequence[Municipality]:
        """Once it is known which municipality it is about."""
        found = neighbours(municipality)
        self.neighbours.choices = [SelectChoice(one.code, f"{one.name} ({one.kind.label})") for one in found]
        return found

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.neighbours.choices = [SelectChoice(code, code) for code in self.neighbours.data or []]


FORMS: dict[ChangeKind, type[ChangeForm]] = {
    ChangeKind.RENAME: RenameForm,
    ChangeKind.CODE: CodeForm,
    ChangeKind.MERGE: MergeForm,
    ChangeKind.SPLIT: SplitForm,
    ChangeKind.ABOLISH: AbolishForm,
}


def decision_form(questions: Sequence[Question], decisions: dict[str, Any]) -> BaseForm:
    """One choice for each question; the fields are as many as there are questions just now."""
    fields = {
        f"answer-{number}": Radio(
            question.label,
            description=question.help,
            choices=[SelectChoice(value, label) for value, label in question.choices],
            default=question.answer(decisions) or question.default or None,
            validators=[InputRequired(_l("Choose one"))],
        )
        for number, question in enumerate(questions)
    }
    made: BaseForm = type("DecisionForm", (BaseForm,), fields)()
    return made


def answers(form: BaseForm, questions: Sequence[Question]) -> dict[str, str]:
    return {
        question.key: str(form._fields[f"answer-{number}"].data or "")
        for number, question in enumerate(questions)
    }


class OfficialFileForm(BaseForm):
    file = Upload(
        _l("Official register (TERC)"),
        description=_l("The ZIP as it was published, or the CSV or XML in it."),
        validators=[FileRequired(_l("Choose a file"))],
        render_kw={"accept": ".zip,.csv,.xml"},
    )
    allow_ending = WholeNumber(
        _l("How many municipalities may end, in per cent"),
        description=_l("More than usual means that the file is cut off. Change it only if you know why."),
        validators=[Optional()],
        default=int(ALLOWED_TO_END),
    )

    def validate_allow_ending(self, field: WholeNumber) -> None:
        if field.data is not None and not 0 <= field.data <= 100:
            raise ValidationError(_("Enter a number from 0 to 100"))
