"""Any two versions of a plan beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from plans.comparing.words import Change, change_in_words
from plans.content import difference
from plans.models import PlanVersion
from plans.templates import definition_of, rows_in


@dataclass(frozen=True)
class Comparison:
    """The earlier one first, whichever of them was asked for."""

    earlier: PlanVersion
    later: PlanVersion

    @classmethod
    def of(cls, one: PlanVersion, other: PlanVersion) -> "Comparison":
        earlier, later = sorted((one, other), key=lambda version: version.number)
        return cls(earlier, later)

    @cached_property
    def change(self) -> Change:
        definition = definition_of(self.later)
        earlier = rows_in(self.earlier, self.later.template_version)
        found = difference(earlier, self.later.rows, definition)
        return change_in_words(found, definition, earlier, in_full=True)

    @property
    def figures(self) -> tuple[int, int, int]:
        """Rows that are new, that changed, that went."""
        found = self.change.difference
        return len(found.added), len(found.changed_rows), len(found.removed)


def other_version(
    version: PlanVersion, versions: Sequence[PlanVersion], number: int | None
) -> PlanVersion | None:
    """The one with this number; without one the version this one began with, else any other."""
    others = [one for one in versions if one.id != version.id]
    if number is not None:
        return next((one for one in others if one.number == number), None)
    base = next((one for one in others if one.id == version.base_version_id), None)
    return base or (others[-1] if others else None)
