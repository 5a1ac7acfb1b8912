"""The page of ticks: what is on offer, with a figure or two beside it, and the summary that comes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from core.forms import (
    REQUIRED,
    BaseForm,
    Choice,
    Choices,
    Hidden,
    InputRequired,
    Length,
    SelectChoice,
    Text,
    TextArea,
    ValidationError,
)
from core.i18n import _, _l, language
from partnerships.words import listed_choices
from plans.columns import parse
from plans.definitions import TemplateDefinition, Value
from plans.examples.model import Chosen, Example, LineOffer, NeedChoice, Offer, Years
from plans.examples.rules import loose_ends
from plans.finding_texts import describe
from programme.queries import the_programme

YEARS = (1, 2, 3)
LONGEST_NAME = 200


class Cell:
    """What the workbook takes in a column, the field takes; beside what is not ticked it counts for nothing."""

    def __init__(
        self, definition: TemplateDefinition, sheet: str, column: str, *, beside: tuple[str, str] | None = None,
        required: bool = True,
    ) -> None:  # fmt: skip
        self.definition, self.sheet, self.beside, self.required = definition, sheet, beside, required
        self.column = definition.sheet(sheet).column(column)
        self.field_flags = {"required": True} if required else {}

    def __call__(self, form: "ExampleForm", field: Field) -> None:
        if self.beside and not form.is_ticked(*self.beside):
            field.errors = []
            raise StopValidation
        parsed = parse(self.column, field.data or None, the_programme().code_lists, language())
        if parsed.problem is not None:
            said = describe(parsed.problem.finding(self.column, sheet_key=self.sheet), self.definition)
            raise ValidationError(" ".join(part for part in (said.problem, said.expected) if part))
        if parsed.value is None:
            if self.required:
                raise ValidationError(str(REQUIRED))
            return
        form.found[field.name] = parsed.value


@dataclass(frozen=True)
class OfferedRow:
    """One row of the page: its tick, its words and the fields beside it."""

    id: str
    key: str
    ticked: bool
    offer: Offer
    fields: Sequence[Field]


class ExampleForm(BaseForm):
    """The fixed part; ``form_for`` adds a field for every figure."""

    needs = Choices(_l("Needs"), validators=[InputRequired(_l("Tick at least one need"))])
    groups = Choices(_l("Groups"), validators=[InputRequired(_l("Tick at least one group"))])
    lines = Choices(_l("Areas of life"), validators=[InputRequired(_l("Tick at least one subject"))])
    recommendations = Choices(
        _l("Recommendations"), validators=[InputRequired(_l("Tick at least one recommendation"))]
    )
    organisation_name = Text(
        _l("Organisation that leads the trainings"),
        description=_l("Your own organisation, as a rule. It becomes a member of the partnership."),
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_NAME)],
    )
    org_type = Choice(
        _l("Type of organisation"), validators=[InputRequired(_l("Choose what kind of organisation it is"))]
    )
    summary = TextArea(_l("Summary"))
    composed = Hidden()
    """The summary as it was put together, to tell whether somebody has written in it since."""

    example: Example

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: dict[str, Value] = {}

    def is_ticked(self, kind: str, key: str) -> bool:
        ticked: list[str] = self[kind].data or []
        return key in ticked

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        is_right = super().validate(extra_validators) is True
        for line in self.example.lines:
            fields = [self[_trainings(line.key, year)] for year in YEARS]
            if (
                self.is_ticked("lines", line.key)
                and not any(field.errors for field in fields)
                and not any(field.name in self.found and self.found[field.name] for field in fields)
            ):
                fields[0].errors = [_("Enter at least one training in the three years")]
                is_right = False
        if self.needs.data and self.groups.data and (loose := list(loose_ends(self.example, self.chosen))):
            self.lines.errors = [*self.lines.errors, *loose]
            is_right = False
        return is_right

    def forget_errors(self) -> None:
        """For a page that is only shown again."""
        for field in self:
            field.errors = []

    @property
    def was_written(self) -> bool:
        return bool(self.summary.data != self.composed.data)

    def put_summary(self, text: str) -> None:
        self.summary.data = self.composed.data = text

    @property
    def chosen(self) -> Chosen:
        """What is ticked; a figure that cannot be read is as it was offered."""
        example, found = self.example, self.found
        return Chosen(
            needs={
                one.key: NeedChoice(
                    str(found.get(f"evidence-{one.key}", one.evidence)), _text(found.get(f"figure-{one.key}"))
                )
                for one in example.needs
                if self.is_ticked("needs", one.key)
            },
            groups={
                one.key: _whole(found.get(f"size-{one.key}"), one.size or 0)
                for one in example.groups
                if self.is_ticked("groups", one.key)
            },
            lines={one.key: self._years(one) for one in example.lines if self.is_ticked("lines", one.key)},
            recommendations=frozenset(self.recommendations.data or ()),
        )

    def _years(self, line: LineOffer) -> Years:
        first, second, third = (
            _whole(self.found.get(_trainings(line.key, year)), line.trainings[year - 1]) for year in YEARS
        )
        return first, second, third

    def rows(self, kind: str) -> Iterator[OfferedRow]:
        """In the order of the choices, whose ids error links lead to."""
        offers: Sequence[Offer] = getattr(self.example, kind)
        for position, offer in enumerate(offers):
            names = [name.format(offer.key) for name in BESIDE[kind]]
            yield OfferedRow(
                f"{self[kind].id}-{position}", offer.key, self.is_ticked(kind, offer.key), offer,
                [self[name] for name in names],
            )  # fmt: skip


BESIDE = {
    "needs": ("evidence-{}", "figure-{}"),
    "groups": ("size-{}",),
    "lines": tuple(f"trainings-{{}}-{year}" for year in YEARS),
    "recommendations": (),
}
"""Names of the fields beside each tick."""


def form_for(
    example: Example, definition: TemplateDefinition, *, first_year: int, asks_organisation: bool
) -> ExampleForm:
    """A form with a field for every figure of this example, filled in with what can be guessed."""
    fields = {
        **_need_fields(example, definition),
        **_group_fields(example, definition),
        **_line_fields(example, definition, first_year),
        "summary": TextArea(
            _l("Summary"),
            description=_l(
                "Put together from what you tick. Change it as you like; then it stays as you wrote it."
            ),
            validators=[Cell(definition, "metadata", "summary")],
            render_kw={"rows": 6},
        ),
        "example": example,
    }
    kind: type[ExampleForm] = type("FormOfExample", (ExampleForm,), fields)
    ticked = {
        "needs": [one.key for one in example.needs if one.ticked],
        "groups": [one.key for one in example.groups if one.ticked],
        "lines": [one.key for one in example.lines if one.ticked],
        "recommendations": [one.key for one in example.recommendations if one.ticked],
    }
    form = kind(data=ticked)
    for name in ticked:
        offers: Sequence[Offer] = getattr(example, name)
        form[name].choices = [SelectChoice(one.key, one.key) for one in offers]
    if asks_organisation:
        form.org_type.choices = [SelectChoice("", _("Choose")), *listed_choices("organisation_type")]
    else:
        del form.organisation_name, form.org_type
    return form


def _need_fields(example: Example, definition: TemplateDefinition) -> dict[str, Field]:
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


def _group_fields(example: Example, definition: TemplateDefinition) -> dict[str, Field]:
    return {
        f"size-{group.key}": Text(
            _l("How many people"),
            default="" if group.size is None else str(group.size),
            validators=[Cell(definition, "groups", "group_size", beside=("groups", group.key))],
            render_kw={"inputmode": "numeric"},
        )
        for group in example.groups
    }


def _line_fields(example: Example, definition: TemplateDefinition, first_year: int) -> dict[str, Field]:
    return {
        _trainings(line.key, year): Text(
            str(first_year + year - 1),
            default=str(line.trainings[year - 1]),
            validators=[Cell(definition, "lines", f"trainings_y{year}", beside=("lines", line.key))],
            render_kw={"inputmode": "numeric"},
        )
        for line in example.lines
        for year in YEARS
    }


def _trainings(key: str, year: int) -> str:
    return f"trainings-{key}-{year}"


def _whole(value: Value | None, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def _text(value: Value | None) -> str | None:
    return None if value is None else str(value)
