"""Members of one partnership, or of all of them: the organisations, what they do there, whom to write to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from core import clock
from core.database import db
from core.errors import DomainError
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
from intake.targets.members_writing import write_members
from intake.targets.partnerships import Home, homes, homes_of
from partnerships.models import Organisation, PartnershipMember
from partnerships.services.members import check_days_of_member

COMPARED = ("role", "contribution", "contact_function", "contact_email", "joined_on", "left_on")


@dataclass(frozen=True, slots=True)
class Present:
    """A membership that is kept."""

    id: int
    organisation_id: int
    name: str
    org_type: str
    values: dict[str, Any]


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
        outcome = Outcome()
        pairs = self._at_home(rows, scope, outcome)
        facts = Facts({home.id for _, home in pairs}, {home.place_id for _, home in pairs})
        repeats, seen = Repeats(outcome), set[int]()
        for row, home in pairs:
            key = (home.id, fold(row.values["name"]), row.values["left_on"] is None)
            if not repeats.is_new(key, row, "name") or not _days_fit(row, home, outcome):
                continue
            change = _change(row, home, facts, outcome)
            outcome.changes.append(change)
            if change.data.present is not None:
                seen.add(change.data.present.id)
        if scope.partnership is not None and not pairs:
            facts = Facts({scope.partnership.id}, set())
        outcome.missing = [one.name for one in facts.staying() if one.id not in seen]
        return outcome

    def _at_home(self, rows: Sequence[ReadRow], scope: Scope, outcome: Outcome) -> list[tuple[ReadRow, Home]]:
        if scope.partnership is not None:
            home = homes_of([scope.partnership.id])[scope.partnership.id]
            return [(row, home) for row in rows]
        return homes(placed(rows, Places.load(), outcome), outcome)

    def look_at(self, rows: Sequence[ReadRow], scope: Scope, outcome: Outcome) -> None:
        for row, home in self._at_home(tellable(rows), scope, outcome):
            _days_fit(row, home, outcome)

    def write(self, outcome: Outcome, scope: Scope) -> Written:
        return write_members([one for one in outcome.changes if one.what is not What.SAME], scope)


class Facts:
    """The members of these partnerships, and the organisations of their municipalities."""

    def __init__(self, partnership_ids: set[int], place_ids: set[int]) -> None:
        self.present: dict[tuple[int, str], Present] = {}
        self.former: dict[tuple[int, str], Present] = {}
        rows = db.session.execute(
            select(
                PartnershipMember.partnership_id, PartnershipMember.id, Organisation.id, Organisation.name,
                Organisation.org_type, PartnershipMember.role, PartnershipMember.contribution,
                PartnershipMember.contact_function, PartnershipMember.contact_email, PartnershipMember.joined_on,
                PartnershipMember.left_on,
            )
            .join(Organisation, Organisation.id == PartnershipMember.organisation_id)
            .order_by(PartnershipMember.joined_on)
        )  # fmt: skip
        for row in rows:
            if row[0] in partnership_ids:
                self._keep(row)
        self.organisations = {
            (place, fold(name)): key
            for place, name, key in db.session.execute(
                select(Organisation.municipality_id, Organisation.name, Organisation.id).where(
                    Organisation.ended_on.is_(None)
                )
            )
            if place in place_ids
        }

    def _keep(self, row: Any) -> None:
        values = dict(zip(COMPARED, (row[5], tuple(row[6]), *tuple(row)[7:]), strict=True))
        known = self.former if row[10] else self.present
        known[row[0], fold(row[3])] = Present(row[1], row[2], row[3], row[4], values)

    def find(self, home: Home, name: str, left_on: date | None) -> Present | None:
        """The membership a row is about: one that has ended only where the row says so."""
        key = (home.id, fold(name))
        former = self.former.get(key)
        if left_on is not None and former is not None and former.values["left_on"] == left_on:
            return former
        return self.present.get(key)

    def staying(self) -> list[Present]:
        return list(self.present.values())


def _days_fit(row: ReadRow, home: Home, outcome: Outcome) -> bool:
    values = row.values
    joined_on = values["joined_on"] or home.founded_on or clock.today()
    try:
        check_days_of_member(joined_on, values["left_on"])
    except DomainError as error:
        column = "left_on" if values["left_on"] else "joined_on"
        outcome.tell(Finding("says_no", column=column, cell=row.get(column), params={"sentence": str(error)}))
        return False
    return True


def _change(row: ReadRow, home: Home, facts: Facts, outcome: Outcome) -> Change:
    values = row.values
    present = facts.find(home, values["name"], values["left_on"])
    if present is None:
        values["joined_on"] = values["joined_on"] or home.founded_on or clock.today()
        cells = [(key, None, values[key]) for key in ("org_type", *COMPARED) if values[key] not in (None, ())]
        organisation = facts.organisations.get((home.place_id, fold(values["name"])))
        what = What.NEW
    else:
        cells = differing(values, present.values, COMPARED)
        organisation, what = present.organisation_id, What.CHANGED if cells else What.SAME
        if values["org_type"] != present.org_type:
            cell = row.get("org_type")
            outcome.tell(Finding("type_stays", Severity.INFO, "org_type", cell))
    title = values["name"] if home.alone else f"{values['name']} · {home.place_name}"
    return Change(row.number, what, title, cells, Wanted(home, values, present, organisation), home.id)
