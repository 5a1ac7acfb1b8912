"""Municipalities taking part: their partnerships, leaders and animators."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from core.i18n import _, _l
from core.text import fold
from intake.cells import AnyDay, Listed, Mail, Named, worded
from intake.checking import ReadRow
from intake.columns import ADDRESSES, NAMES, PLACE_COLUMNS, Column
from intake.findings import Finding, Severity
from intake.models import RecordKind
from intake.places import Place, Places
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
from intake.targets.register_facts import NAME, Facts, Known, Leads, Person
from intake.targets.register_writing import write_register
from partnerships.errors import AdvisesHere, AdvisesOwn, FoundedInFuture, LeadsElsewhere
from partnerships.workflow import PartnershipStatus

COMPARED = ("partnership", "founded_on")


class Wanted(NamedTuple):
    """What a row asks for, as far as it can be done."""

    place: Place
    known: Known | None
    name: str | None
    founded_on: date | None
    starts_on: date
    """Of the leader."""
    leader: tuple[str, str] | None = None
    """Address and name."""
    organisation: tuple[str, str] | None = None
    """Name and type, of the one that the leader comes from."""
    animator_id: int | None = None


class Register(Target):
    kind = RecordKind.REGISTER
    help = _l("One row for each municipality: its partnership, leader and animator.")
    columns = (
        *PLACE_COLUMNS,
        Column(
            "partnership",
            _l("Partnership"),
            Named(200),
            help=_l("Its name. Empty: it gets the usual one."),
            example="Cyfrowa Dobra",
            also=("Nazwa partnerstwa", "Partnerstwo", "name of the partnership"),
        ),
        Column(
            "founded_on",
            _l("Founded on"),
            AnyDay(),
            help=_l("Empty while the founding is still to come."),
            example="15.03.2026",
            also=(
                "Data powołania",
                "data zawarcia",
                "data założenia",
                "powołano",
                "założone dnia",
                "data porozumienia",
            ),
        ),
        Column(
            "leader_name",
            _l("Leader: name"),
            Named(120),
            example="Anna Nowak",
            also=(
                "Lider",
                "e-Mocarz",
                "imię i nazwisko lidera",
                "e-mocarz imię i nazwisko",
                "lider imię i nazwisko",
                "leader",
            ),
            allows=NAMES,
        ),
        Column(
            "leader_email",
            _l("Leader: e-mail"),
            Mail(),
            help=_l("The address the leader signs in with."),
            example="a.nowak@dobra.example",
            also=(
                "E-mail lidera",
                "email lidera",
                "adres e-mail lidera",
                "e-mail e-mocarza",
                "leader e-mail",
            ),
            allows=ADDRESSES,
        ),
        Column(
            "leader_organisation",
            _l("Leader: organisation"),
            Named(200),
            example="Biblioteka w Dobrej",
            also=("Instytucja lidera", "organizacja lidera", "instytucja", "miejsce pracy lidera"),
        ),
        Column(
            "leader_org_type",
            _l("Leader: type of organisation"),
            Listed("organisation_type"),
            also=("Typ instytucji", "typ instytucji lidera", "rodzaj instytucji"),
        ),
        Column(
            "animator_name",
            _l("Animator: name"),
            Named(120),
            example="Piotr Zalewski",
            also=("Animator", "animatorka", "imię i nazwisko animatora", "regionalny animator"),
            allows=NAMES,
        ),
        Column(
            "animator_email",
            _l("Animator: e-mail"),
            Mail(),
            help=_l("Of somebody who has the animator's role."),
            example="p.zalewski@gromada.example",
            also=("E-mail animatora", "email animatora", "adres e-mail animatora"),
            allows=ADDRESSES,
        ),
        Column("status", _l("Status"), worded({one: one.label for one in PartnershipStatus}), is_told=False),
        Column("members", _l("Members"), Named(9), is_told=False),
    )

    def compare(self, rows: Sequence[ReadRow], scope: Scope) -> Outcome:
        facts = Facts.load()
        outcome = Outcome(facts=facts)
        repeats = Repeats(outcome)
        seen: set[int] = set()
        for row, place in placed(rows, Places.load(), outcome):
            if not repeats.is_new(place.id, row, "municipality"):
                continue
            seen.add(place.id)
            outcome.changes.append(_Row(row, place, facts, outcome).change())
        outcome.unnamed = {
            place_id: known.place_name
            for place_id, known in facts.partnerships.items()
            if place_id not in seen
        }
        outcome.to_invite = sum(1 for one in outcome.changes if one.data.leader is not None)
        return outcome

    def look_at(self, rows: Sequence[ReadRow], scope: Scope, outcome: Outcome) -> None:
        for _row, place in placed(tellable(rows), Places.load(), outcome):
            outcome.unnamed.pop(place.id, None)

    def write(self, outcome: Outcome, scope: Scope) -> Written:
        changes = [one for one in outcome.changes if one.what is not What.SAME]
        return write_register(changes, outcome.facts, scope)


class _Row:
    """One row against what is there."""

    def __init__(self, row: ReadRow, place: Place, facts: Facts, outcome: Outcome) -> None:
        self.row, self.values, self.place = row, row.values, place
        self.facts, self.outcome = facts, outcome
        self.known = facts.partnerships.get(place.id)

    def change(self) -> Change:
        values = self.values
        if values["founded_on"] is not None and values["founded_on"] > self.facts.today:
            self._tell("says_no", "founded_on", sentence=str(FoundedInFuture()))
            values["founded_on"] = None
        cells = self._own_cells()
        leader = self._leader()
        animator_id = self._animator(leader)
        if leader is not None:
            cells += [(key, None, values[key]) for key in ("leader_name", "leader_email")]
            if values["leader_organisation"]:
                cells.append(("leader_organisation", None, values["leader_organisation"]))
        if animator_id is not None:
            before = self.facts.animator_of(self.place.id)
            cells.append(("animator_name", before, self.facts.names[animator_id]))
            if before is not None:
                column = "animator_email" if values["animator_email"] else "animator_name"
                self._tell("animator_changes", column, Severity.INFO)
        what = What.NEW if self.known is None else What.CHANGED if cells else What.SAME
        wanted = Wanted(
            self.place, self.known, values["partnership"] or self._usual_name(), values["founded_on"],
            self._first_day(), leader, self._organisation() if leader else None, animator_id,
        )  # fmt: skip
        return Change(self.row.number, what, self.place.label, cells, wanted, self.place.id)

    def _own_cells(self) -> list[tuple[str, Any, Any]]:
        if self.known is None:
            self.values["partnership"] = self.values["partnership"] or self._usual_name()
            return [(key, None, self.values[key]) for key in COMPARED if self.values[key] is not None]
        present = {"partnership": self.known.name, "founded_on": self.known.founded_on}
        return differing(self.values, present, COMPARED)

    def _usual_name(self) -> str | None:
        if self.known is not None:
            return None
        return self.facts.usual_name.replace(NAME, self.place.name)

    def _leader(self) -> tuple[str, str] | None:
        """Address and name of a leader who is not there yet."""
        name, email = self.values["leader_name"], self.values["leader_email"]
        if not name and not email:
            if self.values["leader_organisation"]:
                self._tell_unless_led("organisation_needs_leader", "leader_organisation")
            return None
        present = self.facts.leaders.get(self.known.id) if self.known else None
        if present is not None and self._is_present(present, name, email):
            self._tell_what_stays(present, name)
            return None
        if not name or not email:
            self._tell("leader_halves", "leader_email" if name else "leader_name")
            return None
        if not self._may_lead(present, email):
            return None
        self.facts.appointed.add(email)
        return email, name

    def _is_present(self, present: Leads, name: str | None, email: str | None) -> bool:
        return email == present.email if email else fold(name or "") == fold(present.name)

    def _tell_what_stays(self, present: Leads, name: str | None) -> None:
        """A person's name and organisation are changed where they are kept, not by a list."""
        organisation = self.values["leader_organisation"]
        if name and fold(name) != fold(present.name):
            self._tell("leader_name_stays", "leader_name", Severity.INFO)
        if organisation and fold(organisation) != fold(present.organisation or ""):
            self._tell("leader_organisation_stays", "leader_organisation", Severity.INFO)

    def _may_lead(self, present: Leads | None, email: str) -> bool:
        if present is not None:
            self._tell("another_leader", "leader_email", place=self.place.label)
            return False
        if email in self.facts.appointed:
            self._tell("leads_elsewhere", "leader_email")
            return False
        person = self.facts.people.get(email)
        if person is not None and not person.is_active:
            self._tell("suspended", "leader_email")
            return False
        refusal = self._cannot_lead(person) if person is not None else None
        if refusal is not None:
            self._tell("says_no", "leader_email", sentence=refusal)
        return refusal is None

    def _cannot_lead(self, person: Person) -> str | None:
        """The same rules as on the partnership's page."""
        facts, here = self.facts, self.known.id if self.known else None
        if here is not None and (here, person.id) in facts.deputies:
            return _("This person is a deputy there: appoint them on the partnership's page.")
        first = self._first_day()
        if facts.leads_elsewhere(person.id, here, first):
            return str(LeadsElsewhere())
        if facts.advises_from(self.place.id, person.id, first):
            return str(AdvisesHere(person.name))
        return None

    def _first_day(self) -> date:
        """Of a leader: of a partnership that is new here, since its founding; of one that had none, from today."""
        return (self.values["founded_on"] if self.known is None else None) or self.facts.today

    def _organisation(self) -> tuple[str, str] | None:
        name = self.values["leader_organisation"]
        return (name, self.values["leader_org_type"] or "other") if name else None

    def _animator(self, leader: tuple[str, str] | None) -> int | None:
        """Who is to advise from today, if that is somebody else than now. Never whoever comes to lead by this row."""
        name, email = self.values["animator_name"], self.values["animator_email"]
        if not name and not email:
            return None
        found = self.facts.animators(name, email)
        column = "animator_email" if email else "animator_name"
        if len(found) != 1:
            self._tell("several_people" if found else "no_animator", column)
            return None
        refusal = self.facts.cannot_advise(self.place.id, found[0])
        person = self.facts.people.get(leader[0]) if leader else None
        if person is not None and person.id == found[0]:
            refusal = str(AdvisesOwn(person.name, self.place.name))
        if refusal:
            self._tell("says_no", column, sentence=refusal)
        return None if refusal or self.facts.advises(self.place.id, found[0]) else found[0]

    def _tell_unless_led(self, reason: str, column: str) -> None:
        if self.known is None or self.known.id not in self.facts.leaders:
            self._tell(reason, column)

    def _tell(self, reason: str, column: str, severity: Severity = Severity.ERROR, **params: str) -> None:
        self.outcome.tell(Finding(reason, severity, column, self.row.get(column), params))
