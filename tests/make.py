"""Records for tests, complete and without surprises; what a test is about stands in the test.

Everything made is committed at once, so that a request sees it and an open transaction hinders nobody.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import count
from typing import TypeVar

from sqlalchemy import select

from accounts.models import RoleGrant, User
from accounts.passwords import hash_password
from accounts.roles import Role
from core import clock
from core.database import Base, db
from core.text import fold, slug, sort_key
from municipalities.models import (
    County,
    Municipality,
    MunicipalityCode,
    MunicipalityKind,
    MunicipalityName,
    Voivodeship,
)
from partnerships.models import (
    AnimatorAssignment,
    AssignmentKind,
    LeaderTerm,
    Organisation,
    Partnership,
    PartnershipMember,
    TermKind,
)
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanContent, PlanKind
from plans.models import PlanVersion, ReviewComment
from plans.services import flow, own_plan, review, writing
from plans.workflow import PlanStatus
from programme.models import Programme
from tests.plan_content import annual_content, general_content

LONG_AGO = date(2024, 1, 1)
"""When rights and terms begin unless the test says otherwise."""

Record = TypeVar("Record", bound=Base)


class Make:
    def __init__(self) -> None:
        self._numbers = count(1)

    # --- people ---

    def user(
        self,
        name: str = "",
        *,
        email: str = "",
        password: str = "",
        language: str = "en",
        is_active: bool = True,
    ) -> User:
        """A person without any right, who reads English and without a password cannot sign in by one."""
        number = next(self._numbers)
        name = name or f"Person {number}"
        email = email or f"person-{number}@gromada.example"
        return self._kept(
            User(
                name=name,
                email=email,
                language=language,
                is_active=is_active,
                password_hash=_hash_of(password) if password else None,
            )
        )

    def holder(
        self, role: Role, name: str = "", *, starts_on: date = LONG_AGO, ends_on: date | None = None
    ) -> User:
        """A person with a role for the whole programme."""
        person = self.user(name or f"{role.value.title()} {next(self._numbers)}")
        self._kept(RoleGrant(user=person, role=role, starts_on=starts_on, ends_on=ends_on))
        return person

    def office(self, name: str = "") -> User:
        return self.holder(Role.OFFICE, name)

    def admin(self, name: str = "") -> User:
        return self.holder(Role.ADMIN, name)

    def animator(self, name: str = "") -> User:
        return self.holder(Role.ANIMATOR, name)

    # --- municipalities and partnerships ---

    @property
    def programme(self) -> Programme:
        return db.session.scalars(select(Programme)).one()

    def voivodeship(self, name: str = "opolskie", *, code: str = "16") -> Voivodeship:
        """The one with this code; made when it is not there yet."""
        known = db.session.scalar(select(Voivodeship).where(Voivodeship.code == code))
        return known or self._kept(Voivodeship(code=code, name=name, sort_key=sort_key(name)))

    def county(self, name: str = "opolski", *, voivodeship: Voivodeship | None = None) -> County:
        voivodeship = voivodeship or self.voivodeship()
        known = db.session.scalar(
            select(County).where(County.voivodeship == voivodeship, County.name == name)
        )
        code = f"{voivodeship.code}{next(self._numbers) % 100:02d}"
        return known or self._kept(
            County(code=code, name=name, sort_key=sort_key(name), voivodeship=voivodeship)
        )

    def municipality(
        self,
        name: str = "",
        *,
        kind: MunicipalityKind = MunicipalityKind.RURAL,
        code: str = "",
        county: County | None = None,
        population: int | None = None,
    ) -> Municipality:
        number = next(self._numbers)
        name = name or f"Gmina {number}"
        county = county or self.county()
        code = code or f"{county.voivodeship.code}{number:04d}{kind.digit}"
        return self._kept(
            Municipality(
                name=name,
                kind=kind,
                code=code,
                slug=slug(name),
                county=county,
                voivodeship=county.voivodeship,
                population=population,
                search_text=fold(f"{name} {code}"),
                sort_key=sort_key(name),
                codes=[MunicipalityCode(code=code, six_digits=code[:6])],
                names=[MunicipalityName(name=name, slug=slug(name))],
            )
        )

    def partnership(
        self,
        name: str = "",
        *,
        municipality: Municipality | None = None,
        leader: User | None = None,
        animator: User | None = None,
        status: PartnershipStatus = PartnershipStatus.ACTIVE,
        founded_on: date | None = LONG_AGO,
        led: bool = True,
        advised: bool = True,
    ) -> Partnership:
        """A partnership with a leader and an animator of its own, unless it is not ``led`` or not ``advised``."""
        municipality = municipality or self.municipality()
        partnership = self._kept(
            Partnership(
                programme=self.programme,
                municipality=municipality,
                name=name or f"Partnership {municipality.name}",
                status=status,
                founded_on=None if status is PartnershipStatus.PLANNED else founded_on,
            )
        )
        if led:
            self.term(partnership, leader or self.user(), kind=TermKind.LEADER)
        if advised:
            self.assignment(municipality, animator or self.animator())
        return partnership

    def assignment(
        self,
        municipality: Municipality,
        animator: User,
        *,
        kind: AssignmentKind = AssignmentKind.MAIN,
        starts_on: date = LONG_AGO,
        ends_on: date | None = None,
    ) -> AnimatorAssignment:
        return self._kept(
            AnimatorAssignment(
                animator=animator, municipality=municipality, kind=kind, starts_on=starts_on, ends_on=ends_on
            )
        )

    def organisation(
        self, name: str = "", *, municipality: Municipality | None = None, org_type: str = "library"
    ) -> Organisation:
        return self._kept(
            Organisation(
                name=name or f"Organisation {next(self._numbers)}",
                org_type=org_type,
                municipality=municipality or self.municipality(),
            )
        )

    def member(
        self,
        partnership: Partnership,
        organisation: Organisation | None = None,
        *,
        role: str = "organiser",
        joined_on: date = LONG_AGO,
        left_on: date | None = None,
    ) -> PartnershipMember:
        return self._kept(
            PartnershipMember(
                partnership=partnership,
                organisation=organisation or self.organisation(municipality=partnership.municipality),
                role=role,
                joined_on=joined_on,
                left_on=left_on,
            )
        )

    def term(
        self,
        partnership: Partnership,
        person: User,
        *,
        kind: TermKind = TermKind.DEPUTY,
        starts_on: date = LONG_AGO,
        ends_on: date | None = None,
        can_submit: bool = False,
        can_publish: bool = False,
    ) -> LeaderTerm:
        return self._kept(
            LeaderTerm(
                partnership=partnership,
                user=person,
                kind=kind,
                starts_on=starts_on,
                ends_on=ends_on,
                can_submit=can_submit,
                can_publish=can_publish,
            )
        )

    # --- plans ---

    def general_plan(
        self,
        status: PlanStatus = PlanStatus.DRAFT,
        *,
        partnership: Partnership | None = None,
        content: PlanContent | None = None,
        year: int = 2026,
    ) -> PlanVersion:
        """A general plan that passes every check, led through its real life to this status."""
        partnership = partnership or self.partnership()
        leader = partnership.leader(clock.today()) or self.user()
        version = writing.start_plan(partnership, PlanKind.GENERAL, year_from=year, actor=leader)
        writing.replace_rows(version, content or general_content(year))
        self._lead_to(version, status, leader, partnership.animator(clock.today()) or self.user())
        db.session.commit()
        return version

    def _lead_to(self, version: PlanVersion, status: PlanStatus, leader: User, animator: User) -> None:
        steps: list[tuple[PlanStatus, Callable[[], object]]] = [
            (PlanStatus.SUBMITTED, lambda: flow.submit_plan(version, actor=leader)),
            (PlanStatus.IN_REVIEW, lambda: review.start_review(version, actor=animator)),
            (PlanStatus.RETURNED, lambda: review.return_plan(version, note="See the goals", actor=animator)),
            (PlanStatus.APPROVED, lambda: self._approve(version, animator)),
            (PlanStatus.PUBLISHED, lambda: flow.publish_plan(version, actor=leader)),
        ]
        for reached, step in steps:
            if version.status is status:
                return
            if reached is PlanStatus.RETURNED and status is not PlanStatus.RETURNED:
                continue
            step()

    def _approve(self, version: PlanVersion, animator: User) -> None:
        review.approve_plan(version, checks=set(review.ApprovalCheck), note="", actor=animator)

    def annual_plan(
        self,
        *,
        partnership: Partnership | None = None,
        content: PlanContent | None = None,
        year: int = 2026,
        in_use: bool = False,
    ) -> PlanVersion:
        partnership = partnership or self.general_plan(PlanStatus.PUBLISHED, year=year).partnership
        leader = partnership.leader(clock.today()) or self.user()
        version = writing.start_plan(partnership, PlanKind.ANNUAL, year_from=year, actor=leader)
        writing.replace_rows(version, content or annual_content(year))
        if in_use:
            own_plan.put_in_use(version, actor=leader)
        db.session.commit()
        return version

    def comment(self, version: PlanVersion, text: str = "Please add a source", **place: str) -> ReviewComment:
        """A remark of the version's own animator, not sent yet."""
        animator = version.partnership.animator(clock.today()) or self.animator()
        comment = review.add_comment(version, text=text, actor=animator, **place)
        db.session.commit()
        return comment

    def _kept(self, record: Record) -> Record:
        db.session.add(record)
        db.session.commit()
        return record


@cache
def _hash_of(password: str) -> str:
    """Hashing is slow on purpose; a test run needs each password once."""
    return hash_password(password)
