"""Members of one partnership, or of all of them: the organisations, what they do there, whom to write to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.i18n import _l
from core.text import fold
from intake.cells import AnyDay, Listed, ListedMany, Mail, Named
from intake.checking import ReadRow
from intake.columns import ADDRESSES, PLACE_COLUMNS, PLACE_KEYS, Column
from intake.findings import Finding, Severity
from intake.models import RecordKind
from intake.places import Places
from intake.targets.base import (
    Change,
    Outcome,
    Repeats,
    Scope,
    Target,
    What,
    Written,
    differing,
    placed,
    tellable,
)
from intake.targets.members_facts import COMPARED, Facts, Present, Stay, cannot_belong, days_of
from intake.targets.members_writing import write_members
from intake.targets.partnerships import Home, homes, homes_of


@dataclass(frozen=True, slots=True)
class Wanted:
    home: Home
    values: dict[str, Any]
    present: Present | None
    organisation_id: int | None
    """Of a new member whose organisation is known in the municipality."""


class Members(Target):
    kind = RecordKind.MEMBERS
    help = _l("One row for each organisation in a partnership.")
    columns = (
        *PLACE_COLUMNS,
        Column(
            "name",
            _l("Organisation"),
            Named(200),
            required=True,
            example="Biblioteka w Dobrej",
            also=(
                "Nazwa",
                "nazwa organizacji",
                "nazwa instytucji",
                "instytucja",
                "partner",
                "nazwa partnera",
                "członek partnerstwa",
                "organizacja",
                "podmiot",
                "nazwa podmiotu",
                "member",
            ),
        ),
        Column(
            "org_type",
            _l("Type"),
            Listed("organisation_type"),
            required=True,
            also=(
                "Typ",
                "typ organizacji",
                "typ instytucji",
                "rodzaj",
                "rodzaj instytucji",
                "forma",
                "type of organisation",
            ),
            default_offered=True,
        ),
        Column(
            "role",
            _l("Role"),
            Listed("partner_role"),
            required=True,
            also=("Rola", "rola w partnerstwie", "funkcja w partnerstwie"),
            default_offered=True,
        ),
        Column(
            "contribution",
            _l("Contributes"),
            ListedMany("contribution"),
            also=("Wkład", "wkład partnera", "co wnosi", "zasoby"),
        ),
        Column(
            "contact_function",
            _l("Contact: function"),
            Named(120),
            help=_l("A function such as “head teacher”, not a name."),
            example="dyrektor",
            also=(
                "Funkcja",
                "funkcja osoby do kontaktu",
                "stanowisko",
                "kontakt - funkcja",
                "osoba do kontaktu",
            ),
            office_only=True,
        ),
        Column(
            "contact_email",
            _l("Contact: e-mail"),
            Mail(),
            help=_l("The organisation's own address."),
            example="biblioteka@dobra.example",
            also=("E-mail", "email", "e-mail instytucji", "adres e-mail", "mail", "kontakt e-mail", "poczta"),
            allows=ADDRESSES,
            office_only=True,
        ),
        Column(
            "joined_on",
            _l("Joined on"),
            AnyDay(),
            help=_l("Empty: the day on which the partnership was founded, or today."),
            example="15.03.2026",
            also=(
                "Data przystąpienia",
                "przystąpił",
                "data dołączenia",
                "data podpisania",
                "od",
                "w partnerstwie od",
            ),
            default_offered=True,
        ),
        Column(
            "left_on",
            _l("Left on"),
            AnyDay(),
            help=_l("The last day on which it belonged; empty while it does."),
            also=("Data odejścia", "data wystąpienia", "do", "wystąpił"),
        ),
    )

    def told_columns(self, scope: Scope) -> tuple[Column, ...]:
        if scope.partnership is None:
            return self.columns
        return tuple(column for column in self.columns if column.key not in PLACE_KEYS)

    def compare(self, rows: Sequence[ReadRow], scope: Scope) -> Outcome:
        """Who left first, the earliest first: whoever comes back by another row of the file begins after that."""
        outcome = Outcome()
        pairs = self._at_home(rows, scope, outcome)
        facts = Facts({home.id for _, home in pairs}, {home.place_id for _, home in pairs})
        if scope.partnership is not None and not pairs:
            facts = Facts({scope.partnership.id}, set())
        repeats = Repeats(outcome)
        outcome.facts, outcome.unnamed = facts, {one.id: one.name for one in facts.staying()}
        for row, home in sorted(pairs, key=_who_left_first):
            stay = facts.find(home, row.values, outcome.unnamed)
            if stay is not None and stay.present is not None:
                outcome.unnamed.pop(stay.present.id, None)
            if repeats.is_new(_key(row, home, stay), row, "name") and _may_stand(row, home, stay, outcome):
                facts.keep(home, row.values, stay)
                outcome.changes.append(_change(row, home, stay, outcome))
        outcome.changes.sort(key=lambda change: change.number)
        return outcome

    def _at_home(self, rows: Sequence[ReadRow], scope: Scope, outcome: Outcome) -> list[tuple[ReadRow, Home]]:
        if scope.partnership is not None:
            home = homes_of([scope.partnership.id])[scope.partnership.id]
            return [(row, home) for row in rows]
        return homes(placed(rows, Places.load(), outcome), outcome)

    def look_at(self, rows: Sequence[ReadRow], scope: Scope, outcome: Outcome) -> None:
        for row, home in self._at_home(tellable(rows), scope, outcome):
            _tell(row, cannot_belong(home, row.values), outcome)
            if row.values["name"]:
                stay = outcome.facts.find(home, row.values, outcome.unnamed)
                if stay is not None and stay.present is not None:
                    outcome.unnamed.pop(stay.present.id, None)

    def write(self, outcome: Outcome, scope: Scope) -> Written:
        return write_members([one for one in outcome.changes if one.what is not What.SAME], scope)


def _who_left_first(pair: tuple[ReadRow, Home]) -> tuple[bool, date]:
    values = pair[0].values
    return (True, date.min) if values["left_on"] is None else (False, values["joined_on"] or date.min)


def _key(row: ReadRow, home: Home, stay: Stay | None) -> Any:
    """What is the same only for rows about one membership."""
    if stay is not None and stay.present is not None:
        return stay.present.id
    joined_on, left_on = row.values["joined_on"], row.values["left_on"]
    return home.id, fold(row.values["name"]), left_on and (joined_on, left_on)


def _may_stand(row: ReadRow, home: Home, stay: Stay | None, outcome: Outcome) -> bool:
    refusal = cannot_belong(home, row.values, stay) or outcome.facts.shares_days(home, row.values, stay)
    _tell(row, refusal, outcome)
    return refusal is None


def _tell(row: ReadRow, refusal: str | None, outcome: Outcome) -> None:
    if refusal is not None:
        column = "left_on" if row.values["left_on"] else "joined_on"
        outcome.tell(Finding("says_no", column=column, cell=row.get(column), params={"sentence": refusal}))


def _change(row: ReadRow, home: Home, stay: Stay | None, outcome: Outcome) -> Change:
    values, present = row.values, stay.present if stay is not None else None
    if present is None:
        values["joined_on"] = days_of(home, values)[0]
        cells = [(key, None, values[key]) for key in ("org_type", *COMPARED) if values[key] not in (None, ())]
        organisation = outcome.facts.organisation_of(home, values)
        what = What.NEW
    else:
        cells = differing(values, present.values, COMPARED)
        organisation, what = present.organisation_id, What.CHANGED if cells else What.SAME
        if values["org_type"] != present.org_type:
            cell = row.get("org_type")
            outcome.tell(Finding("type_stays", Severity.INFO, "org_type", cell))
    title = values["name"] if home.alone else f"{values['name']} · {home.place_name}"
    return Change(row.number, what, title, cells, Wanted(home, values, present, organisation), home.id)
