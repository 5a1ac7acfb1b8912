"""Members of one partnership, or of all of them: the organisations, what they do there, whom to write to."""

from collections.abc import Container, Iterator, Mapping, Sequence
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

    def alike(self) -> Iterator[tuple[str, Any]]:
        """By what namesakes are told apart."""
        yield "org_type", self.org_type
        yield from self.values.items()


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
        if scope.partnership is not None and not pairs:
            facts = Facts({scope.partnership.id}, set())
        repeats = Repeats(outcome)
        outcome.facts, outcome.unnamed = facts, {one.id: one.name for one in facts.staying()}
        for row, home in pairs:
            present = facts.find(home, row.values, outcome.unnamed)
            new = (home.id, fold(row.values["name"]), row.values["left_on"] is None)
            key = present.id if present is not None else new
            outcome.unnamed.pop(present.id if present is not None else 0, None)
            if repeats.is_new(key, row, "name") and _days_fit(row, home, present, outcome):
                outcome.changes.append(_change(row, home, present, outcome))
        return outcome

    def _at_home(self, rows: Sequence[ReadRow], scope: Scope, outcome: Outcome) -> list[tuple[ReadRow, Home]]:
        if scope.partnership is not None:
            home = homes_of([scope.partnership.id])[scope.partnership.id]
            return [(row, home) for row in rows]
        return homes(placed(rows, Places.load(), outcome), outcome)

    def look_at(self, rows: Sequence[ReadRow], scope: Scope, outcome: Outcome) -> None:
        for row, home in self._at_home(tellable(rows), scope, outcome):
            _days_fit(row, home, None, outcome)
            if row.values["name"] and (present := outcome.facts.find(home, row.values, outcome.unnamed)):
                outcome.unnamed.pop(present.id, None)

    def write(self, outcome: Outcome, scope: Scope) -> Written:
        return write_members([one for one in outcome.changes if one.what is not What.SAME], scope)


class Facts:
    """The members of these partnerships, and the organisations of their municipalities."""

    def __init__(self, partnership_ids: set[int], place_ids: set[int]) -> None:
        self.present: dict[tuple[int, str], list[Present]] = {}
        """Several where namesakes belong to one partnership."""
        self.former: dict[tuple[int, str], list[Present]] = {}
        """The earliest first."""
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
        key, one = (row[0], fold(row[3])), Present(row[1], row[2], row[3], row[4], values)
        (self.former if row[10] else self.present).setdefault(key, []).append(one)

    def find(self, home: Home, values: Mapping[str, Any], unnamed: Container[int]) -> Present | None:
        """The membership a row is about: known by one of its days, or the latest of those it would overlap.

        Of namesakes the one that is most like it, and that no earlier row was about.
        """
        key = (home.id, fold(values["name"]))
        joined_on, left_on = values["joined_on"], values["left_on"]
        former, present = self.former.get(key, []), _most_like(values, self.present.get(key, []), unnamed)
        if left_on is None:
            return present or _of_day(former, "joined_on", joined_on)
        every = [*former, present] if present is not None else former
        known = _of_day(every, "left_on", left_on) or _of_day(every, "joined_on", joined_on)
        overlapping = (one for one in reversed(every) if _overlap(one, joined_on, left_on))
        return known or next(overlapping, present if joined_on is None else None)

    def staying(self) -> list[Present]:
        return [one for namesakes in self.present.values() for one in namesakes]


def _most_like(
    values: Mapping[str, Any], namesakes: Sequence[Present], unnamed: Container[int]
) -> Present | None:
    if len(namesakes) < 2:
        return namesakes[0] if namesakes else None
    free = [one for one in namesakes if one.id in unnamed] or namesakes
    return max(free, key=lambda one: sum(values[key] == known for key, known in one.alike()))


def _of_day(memberships: Sequence[Present], key: str, day: date | None) -> Present | None:
    return next((one for one in memberships if day is not None and one.values[key] == day), None)


def _overlap(one: Present, joined_on: date | None, left_on: date) -> bool:
    ends = one.values["left_on"]
    return one.values["joined_on"] <= left_on and (joined_on is None or ends is None or joined_on <= ends)


def _days_fit(row: ReadRow, home: Home, present: Present | None, outcome: Outcome) -> bool:
    """An empty day of joining is that of the membership, if there is one."""
    values = row.values
    known = present.values["joined_on"] if present is not None else home.founded_on
    joined_on = values["joined_on"] or known or clock.today()
    try:
        check_days_of_member(joined_on, values["left_on"])
    except DomainError as error:
        column = "left_on" if values["left_on"] else "joined_on"
        outcome.tell(Finding("says_no", column=column, cell=row.get(column), params={"sentence": str(error)}))
        return False
    return True


def _change(row: ReadRow, home: Home, present: Present | None, outcome: Outcome) -> Change:
    values = row.values
    if present is None:
        values["joined_on"] = values["joined_on"] or home.founded_on or clock.today()
        cells = [(key, None, values[key]) for key in ("org_type", *COMPARED) if values[key] not in (None, ())]
        organisation = outcome.facts.organisations.get((home.place_id, fold(values["name"])))
        what = What.NEW
    else:
        cells = differing(values, present.values, COMPARED)
        organisation, what = present.organisation_id, What.CHANGED if cells else What.SAME
        if values["org_type"] != present.org_type:
            cell = row.get("org_type")
            outcome.tell(Finding("type_stays", Severity.INFO, "org_type", cell))
    title = values["name"] if home.alone else f"{values['name']} · {home.place_name}"
    return Change(row.number, what, title, cells, Wanted(home, values, present, organisation), home.id)
