"""Hours used before, where nobody kept each consultation: opening balances of the ledger."""

from collections.abc import Mapping, Sequence
from typing import Any

from animators.hours.models import LedgerKind, Pot
from core import clock
from core.i18n import _l
from intake.cells import AnyDay, Length, worded
from intake.checking import ReadRow
from intake.columns import PLACE_COLUMNS, Column
from intake.events import IntakeEvent
from intake.findings import Finding, Severity
from intake.history import History
from intake.models import RecordKind
from intake.targets.base import Change, Outcome, Scope
from intake.targets.earlier import Earlier, Owner, Present, Wanted
from intake.targets.ledger import Budgets, Taken, room_in


class Hours(Earlier):
    """Opening balances: what was used before, where nobody kept each consultation."""

    kind = RecordKind.HOURS
    help = _l("One row for each municipality and pot: the hours used before this system.")
    compared = ("minutes",)
    stands_for = frozenset({"day"})
    columns = (
        *PLACE_COLUMNS,
        Column(
            "pot",
            _l("Pot"),
            worded(
                {pot: pot.label for pot in Pot},
                zdalne=Pot.REMOTE,
                zdalna=Pot.REMOTE,
                telefoniczne_i_online=Pot.REMOTE,
                konsultacje_zdalne=Pot.REMOTE,
                wizyty=Pot.VISIT,
                stacjonarne=Pot.VISIT,
                wizyta=Pot.VISIT,
            ),
            required=True,
            also=("Pula", "rodzaj godzin", "rodzaj", "forma"),
            default_offered=True,
        ),
        Column(
            "minutes",
            _l("Hours used"),
            Length(),
            required=True,
            example="3:30",
            also=(
                "Wykorzystane godziny",
                "wykorzystano",
                "godziny wykorzystane",
                "liczba godzin",
                "godziny",
                "suma godzin",
            ),
        ),
        Column(
            "day",
            _l("As of"),
            AnyDay(),
            help=_l("The day up to which the hours are counted; empty: today."),
            also=("Stan na", "na dzień", "data"),
            default_offered=True,
        ),
    )

    def prepare(self, row: ReadRow, owner: Owner, outcome: Outcome) -> bool:
        row.values["day"] = row.values["day"] or clock.today()
        return True

    def check_together(self, wanted: Sequence[tuple[ReadRow, Owner]], outcome: Outcome) -> set[int]:
        """More than was granted is told, and kept: it is what happened. So is what might be counted twice."""
        room = room_in({self.key(owner, row.values) for row, owner in wanted})
        opened, singly = Budgets.opened(), Budgets.one_by_one()
        for row, owner in wanted:
            key, values = self.key(owner, row.values), row.values
            more = values["minutes"] - opened.get(key, 0)
            if more > room[key]:
                said = {"minutes": str(more - room[key])}
                outcome.tell(Finding("beyond_budget", Severity.WARNING, "minutes", row.get("minutes"), said))
            already = sum(minutes for day, minutes in singly.get(key, ()) if day <= values["day"])
            if more > 0 and already > 0:
                said = {"minutes": str(already)}
                outcome.tell(Finding("counted_singly", Severity.WARNING, "minutes", row.get("minutes"), said))
        return set()

    def present(self) -> Mapping[Any, Present]:
        return {key: Present(0, {"minutes": minutes}) for key, minutes in Budgets.opened().items()}

    def key(self, owner: Owner, values: Mapping[str, Any]) -> Any:
        return owner.id, values["pot"]

    def title(self, owner: Owner, values: Mapping[str, Any]) -> str:
        return f"{owner.name}, {values['pot'].label}"

    def enter(self, new: Sequence[Wanted], scope: Scope, history: History) -> None:
        self._open([(one, one.values["minutes"]) for one in new], scope, history)

    def change(self, changed: Sequence[Change], scope: Scope, history: History) -> None:
        """The ledger is only added to: a corrected balance is one entry more, of the difference."""
        differing = [
            (one.data, one.data.values["minutes"] - one.data.present.values["minutes"]) for one in changed
        ]
        self._open(differing, scope, history)

    def _open(self, wanted: Sequence[tuple[Wanted, int]], scope: Scope, history: History) -> None:
        taken = []
        for one, minutes in wanted:
            values = one.values
            taken.append(Taken(one.owner.id, values["pot"], minutes, values["day"], LedgerKind.OPENING, None))
            said = {
                "minutes": minutes,
                "pot": str(values["pot"]),
                "day": values["day"].isoformat(),
                "taken_over": True,
            }
            record = ("municipality", one.owner.id)
            history.add(IntakeEvent.BALANCE_OPENED, record, one.owner.id, said, story_kind="municipality")
        Budgets().enter(taken, scope)
