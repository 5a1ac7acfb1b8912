"""Fields beside the ticks of an example: each takes what its column of the workbook takes."""

from wtforms import Field
from wtforms.validators import StopValidation

from core.forms import REQUIRED, BaseForm, Text, TextArea, ValidationError
from core.i18n import _l, language
from core.personal_data import without_pesel
from plans.columns import parse
from plans.definitions import TemplateDefinition, Value
from plans.examples.model import Example
from plans.finding_texts import describe
from programme.queries import the_programme

YEARS = (1, 2, 3)


class TickingForm(BaseForm):
    """What a field beside a tick asks its form."""

    found: dict[str, Value]
    """Values of the cells that could be read, by the names of their fields."""

    def is_ticked(self, kind: str, key: str) -> bool:
        ticked: list[str] = self[kind].data or []
        return key in ticked


class Cell:
    """What the workbook takes in a column, the field takes; beside what is not ticked it counts for nothing."""

    def __init__(
        self, definition: TemplateDefinition, sheet: str, column: str, *, beside: tuple[str, str] | None = None,
        required: bool = True,
    ) -> None:  # fmt: skip
        self.definition, self.sheet, self.beside, self.required = definition, sheet, beside, required
        self.column = definition.sheet(sheet).column(column)
        self.field_flags = {"required": True} if required else {}

    def __call__(self, form: TickingForm, field: Field) -> None:
        if self.beside and not form.is_ticked(*self.beside):
            field.errors = []
            raise StopValidation
        parsed = parse(self.column, field.data or None, the_programme().code_lists, language())
        if parsed.problem is not None:
            field.data = without_pesel(field.data)  # what must not be kept is not shown again either
            said = describe(parsed.problem.finding(self.column, sheet_key=self.sheet), self.definition)
            raise ValidationError(" ".join(part for part in (said.problem, said.expected) if part))
        if parsed.value is None:
            if self.required:
                raise ValidationError(str(REQUIRED))
            return
        form.found[field.name] = parsed.value


def need_fields(example: Example, definition: TemplateDefinition) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for need in example.needs:
        beside = ("needs", need.key)
        fields[f"evidence-{need.key}"] = TextArea(
            _l("How you know"),
            default=need.evidence,
            validators=[Cell(definition, "needs", "evidence", beside=beside)],
            render_kw={"rows": 2},
        )
        fields[f"figure-{need.key}"] = Text(
            _l("A figure of yours"),
            description=_measure(need.measure, need.measure_unit),
            validators=[Cell(definition, "needs", "measure_value", beside=beside, required=False)],
            render_kw={"inputmode": "decimal"},
        )
    return fields


def _measure(measure: str, unit: str) -> str:
    return f"{measure} ({unit})" if measure and unit else measure


def group_fields(example: Example, definition: TemplateDefinition) -> dict[str, Field]:
    return {
        f"size-{group.key}": Text(
            _l("How many people"),
            default="" if group.size is None else str(group.size),
            validators=[Cell(definition, "groups", "group_size", beside=("groups", group.key))],
            render_kw={"inputmode": "numeric"},
        )
        for group in example.groups
    }


def line_fields(example: Example, definition: TemplateDefinition, first_year: int) -> dict[str, Field]:
    return {
        trainings_of(line.key, year): Text(
            str(first_year + year - 1),
            default=str(line.trainings[year - 1]),
            validators=[Cell(definition, "lines", f"trainings_y{year}", beside=("lines", line.key))],
            render_kw={"inputmode": "numeric"},
        )
        for line in example.lines
        for year in YEARS
    }


def trainings_of(key: str, year: int) -> str:
    return f"trainings-{key}-{year}"
