"""The towns of the small country and their people, before any plan is written."""

from datetime import date, timedelta

from accounts.hints import Hint
from accounts.link_browsers import COOKIE, LinkBrowser, signed
from accounts.models import DismissedHint, RoleGrant, TokenPurpose, User
from accounts.roles import Role
from accounts.tokens import issue
from core.database import db
from municipalities.models import Mayor
from municipalities.services.mayors import enter_mayor
from partnerships.handovers.models import LeaderHandover
from partnerships.models import AssignmentKind, Partnership, TermKind
from plans.models import PlanImport, PlanVersion, ReviewComment
from tests.guards.matrix.advice_given import some_advice
from tests.guards.matrix.assessed import some_assessments
from tests.guards.matrix.consultations_held import some_consultations
from tests.guards.matrix.gatherings import a_meeting, some_handbooks
from tests.guards.matrix.markers import hostile, marked
from tests.guards.matrix.overruns import an_overrun
from tests.guards.matrix.papers_kept import some_files
from tests.guards.matrix.papers_made import some_papers
from tests.guards.matrix.records_kept import some_records
from tests.guards.matrix.tasks_waived import a_waived_task
from tests.guards.matrix.visits_to_agree import some_visits
from tests.guards.matrix.world import PASSWORD, Record, World
from tests.guards.matrix.years_declared import a_declared_year
from tests.make import Make
from tests.support.sign_in import session_token

YEARS_AGO = date(2023, 12, 31)


class Towns:
    """Everything happens through the services, as it would in life."""

    def __init__(self) -> None:
        self.world = World()
        self.make = Make()
        self.people: dict[str, User] = {}

    # --- people ---

    def _people(self) -> None:
        for name in (
            "leader", "deputy", "deputyfull", "formerleader", "disabled", "otherleader", "cleader", "newcomer",
            "successor",
        ):  # fmt: skip
            self._person(name)
        for name in ("animator", "otheranimator", "cover", "onleave", "manyhats"):
            self._person(name, Role.ANIMATOR)
        self._grant("manyhats", Role.OFFICE)
        for role in (Role.OFFICE, Role.ADMIN, Role.FUNDER):
            self._person(role.value, role)
        self.people["admin"].password_hash = self.make.user(password=PASSWORD).password_hash
        self.people["disabled"].is_active = False
        for purpose, name in {
            TokenPurpose.INVITATION: "newcomer",
            TokenPurpose.PASSWORD_RESET: "otherleader",
        }.items():
            self.world.links[purpose] = issue(self.people[name], purpose, valid=timedelta(days=9))[1]
        self._sign_in_link(LinkBrowser("the browser of everybody"))
        db.session.add(DismissedHint(user_id=self.people["leader"].id, hint=Hint.BOARD.value))

    def _sign_in_link(self, browser: LinkBrowser) -> None:
        asked = issue(
            self.people["cleader"], TokenPurpose.SIGN_IN, valid=timedelta(days=9), browser=browser.secret
        )
        self.world.links[TokenPurpose.SIGN_IN] = asked[1]
        self.world.cookies[COOKIE] = signed(browser)

    def _person(self, name: str, role: Role | None = None) -> None:
        person = self.make.user(f"Anna {hostile(name)}", email=f"{marked(name)}@gromada.example")
        person.notification_email = f"post-{marked(name)}@gromada.example"
        person.phone = marked(name)
        self.people[name] = person
        self.world.ids[name] = person.id
        self._keep("person", name, "", person_id=person.id)
        if role is not None:
            self._grant(name, role)

    def _grant(self, name: str, role: Role) -> None:
        grant = RoleGrant(user=self.people[name], role=role, starts_on=date(2024, 1, 1))
        db.session.add(grant)
        db.session.flush()
        self._keep("grant", f"{name} {role}", "", person_id=grant.user_id, grant_id=grant.id)

    def _sign_everybody_in(self) -> None:
        for name, person in self.people.items():
            self.world.sessions[name] = session_token(person)

    # --- towns ---

    def _town(self, name: str) -> Partnership:
        municipality = self.make.municipality(
            marked(f"{name}name"), code=f"{160101 + len(self.world.places)}2"
        )
        lead, advise = {
            "a": ("leader", "animator"), "b": ("otherleader", "otheranimator"), "c": ("cleader", "onleave"),
            "d": ("manyhats", "manyhats"), "e": ("newcomer", "newcomer"),
        }[name[0]]  # fmt: skip
        partnership = self.make.partnership(
            f"Partnership {hostile(f'{name}name')}",
            municipality=municipality, leader=self.people[lead], animator=self.people[advise],
            led=name[0] != "e", advised=name[0] != "e",
        )  # fmt: skip
        self._fill(name, partnership)
        self.world.places[name] = municipality.address_name
        self._keep(
            "partnership",
            name,
            name[0],
            "leaderless" if name[0] == "e" else "",
            partnership_id=partnership.id,
        )
        self._keep("municipality", name, name[0], municipality_id=municipality.id)
        return partnership

    def _fill(self, name: str, partnership: Partnership) -> None:
        secret = marked(f"{name}member")
        organisation = self.make.organisation(
            f"School {hostile(f'{name}member')}", municipality=partnership.municipality
        )
        member = self.make.member(partnership, organisation)
        member.contact_function, member.contact_email = (
            f"Head {hostile(f'{name}member')}",
            f"{secret}@school.example",
        )
        self._keep("member", name, name[0], member_id=member.id)
        organisation.phone, organisation.signatory_name = f"86 {secret}", f"Ewa {hostile(f'{name}member')}"
        self._keep("organisation", name, name[0], organisation_id=organisation.id)
        self._mayor(name, partnership)
        if name[0] == "a":
            self._term(name, partnership, "deputy", every_right=False)
            self._term(name, partnership, "deputyfull")
            self._term(name, partnership, "disabled")
            former = self.people["formerleader"]
            self.make.term(partnership, former, kind=TermKind.LEADER, starts_on=YEARS_AGO, ends_on=YEARS_AGO)
        if name[0] == "c":
            self.make.assignment(
                partnership.municipality,
                self.people["cover"],
                kind=AssignmentKind.COVER,
                ends_on=date(2026, 12, 31),
            )
        caller = self.people["office"] if name[0] == "e" else self._leader(name)
        a_meeting(self.world, name, partnership, actor=caller)
        some_assessments(self.world, name, partnership, actor=caller)
        some_files(self.world, name, partnership, actor=caller)
        some_records(self.world, name, partnership, actor=caller)
        a_declared_year(name, partnership, actor=caller)
        a_waived_task(name, partnership, office=self.people["office"])
        some_handbooks(self.world, name, partnership, actor=self.people["office"])
        some_papers(self.world, name, partnership, actor=caller)
        some_consultations(self.world, name, partnership)
        an_overrun(self.world, name, partnership)
        some_visits(self.world, name, partnership)
        db.session.refresh(partnership)
        some_advice(self.world, name, partnership, self.people, asker=caller)
        for term in partnership.terms:
            if term.kind is TermKind.LEADER and term.ends_on is None:
                self._keep("term", f"{name} leader", name[0], "leader's", term_id=term.id)

    def _mayor(self, name: str, partnership: Partnership) -> None:
        """Known to everybody who is signed in, as the municipality is."""
        mayor = enter_mayor(
            partnership.municipality,
            title="wojt",
            name=f"Jan {hostile(f'{name}name')}",
            valid_from=date(2024, 5, 7),
            actor=self.people["office"] if name[0] == "e" else self._leader(name),
        )
        self._keep("mayor", name, name[0], mayor_id=self._id(mayor))

    def _term(self, name: str, partnership: Partnership, person: str, *, every_right: bool = True) -> None:
        who = self.people[person]
        term = self.make.term(partnership, who, can_submit=every_right, can_publish=every_right)
        self._keep("term", f"{name} {person}", name[0], "deputy's", term_id=term.id)

    # --- small things ---

    def _leader(self, town: str) -> User:
        return self.people[{"a": "leader", "b": "otherleader", "c": "cleader", "d": "manyhats"}[town[0]]]

    def _animator(self, town: str) -> User:
        return self.people[{"a": "animator", "b": "otheranimator", "c": "cover", "d": "office"}[town[0]]]

    def _keep_version(self, name: str, version: PlanVersion, state: str) -> None:
        self._keep("version", name, name[0], state, version_id=self._id(version))

    def _keep(self, kind: str, name: str, family: str, state: str = "", **values: object) -> None:
        self.world.records.setdefault(kind, []).append(Record(name, family, values, state))

    @staticmethod
    def _id(record: PlanVersion | ReviewComment | PlanImport | LeaderHandover | Mayor) -> int:
        db.session.flush()
        return record.id
