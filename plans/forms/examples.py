"""The page of ticks: what is on offer, with a figure or two beside it, and the summary that comes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Field

from core.forms import (
    REQUIRED,
    Choice,
    Choices,
    Hidden,
    InputRequired,
    Length,
    SelectChoice,
    Text,
    TextArea,
)
from core.i18n import _, _l
from partnerships.words import listed_choices
from plans.definitions import TemplateDefinition, Value
from plans.examples.model import Chosen, Example, LineOffer, NeedChoice, Offer, Years
from plans.examples.rules import loose_ends
from plans.forms.example_fields import (
    YEARS,
    Cell,
    TickingForm,
    group_fields,
    line_fields,
    need_fields,
    trainings_of,
)

LONGEST_NAME = 200


@dataclass(frozen=True)
class OfferedRow:
    """One row of the page: its tick, its words and the fields beside it."""

    id: str
    key: str
    ticked: bool
    offer: Offer
    fields: Sequence[Field]


class ExampleForm(TickingForm):
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
        self.found = {}

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        is_right = super().validate(extra_validators) is True
        for line in self.example.lines:
            fields = [self[trainings_of(line.key, year)] for year in YEARS]
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
            _whole(self.found.get(trainings_of(line.key, year)), line.trainings[year - 1]) for year in YEARS
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
        **need_fields(example, definition),
        **group_fields(example, definition),
        **line_fields(example, definition, first_year),
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


def _whole(value: Value | None, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def _text(value: Value | None) -> str | None:
    return None if value is None else str(value)
