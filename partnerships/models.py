"""One partnership per municipality: who belongs to it, who leads it, who advises it."""

from collections.abc import Set
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from accounts.models import User
from core import clock
from core.database import GIVEN_ONCE, Base, Timestamped, Versioned, one_of, only_one
from core.i18n import _, _l
from core.labels import LabelledEnum
from core.searching import Searched
from core.text import fold
from municipalities.models import Municipality
from partnerships.rights import RightsOfPartnership
from partnerships.workflow import PartnershipStatus
from programme.models import Programme

if TYPE_CHECKING:
    from partnerships.files.models import Attachment


class Organisation(Timestamped, Base):
    """An institution, company or club. It may belong to several partnerships."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    search_text: Mapped[str] = mapped_column(String(400), default="", index=True)
    org_type: Mapped[str] = mapped_column(String(40))
    """A code of the list ``organisation_type``."""
    sector: Mapped[str | None] = mapped_column(String(40))
    """A code of the list ``organisation_sector``."""
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The institution it is a part of, as a community room is of its culture centre, and that of the municipality."""
    address: Mapped[str | None] = mapped_column(String(200))
    office_email: Mapped[str | None] = mapped_column(String(254))
    website: Mapped[str | None] = mapped_column(String(300))
    phone: Mapped[str | None] = mapped_column(String(40))
    best_time: Mapped[str | None] = mapped_column(String(120))
    """When somebody answers the telephone there."""
    registry_kind: Mapped[str | None] = mapped_column(String(40))
    """A code of the list ``registry_kind``; None: nobody has said."""
    registry_no: Mapped[str | None] = mapped_column(String(40))
    signatory_function: Mapped[str | None] = mapped_column(String(120))
    """Who signs for it: a function, with a name only where one is wanted on papers."""
    signatory_name: Mapped[str | None] = mapped_column(String(120))
    power_of_attorney: Mapped[str | None] = mapped_column(String(120))
    """The number of the one that this person signs by, if by any."""
    ended_on: Mapped[date | None]

    municipality: Mapped[Municipality] = relationship()
    parent: Mapped["Organisation | None"] = relationship(remote_side=[id])
    memberships: Mapped[list["PartnershipMember"]] = relationship(
        back_populates="organisation", order_by="PartnershipMember.joined_on, PartnershipMember.id"
    )

    @validates("name")
    def _findable(self, _: str, value: str) -> str:
        """Whoever sets a name need not think of what searching compares."""
        self.search_text = fold(value)[:400]
        return value

    def _partnerships(self, on: date) -> "list[Partnership]":
        """Those it belongs to: their people see it."""
        return [member.partnership for member in self.memberships if member.belongs(on)]

    def _keepers(self, on: date) -> "list[Partnership]":
        """Whose people keep what is known of it and call it: at home or, where it never belonged there, the first of
        those it belongs to.

        Any partnership may take it in, and nobody there asks it: for its phone, or to say what is true of it, that is
        not enough. ``contacts/queries.py`` asks the same of the database.
        """
        known = [member for member in self.memberships if member.partnership.is_open]
        home = [one for one in known if one.partnership.municipality_id == self.municipality_id]
        present = sorted((one for one in home or known if one.belongs(on)), key=lambda one: one.id)
        return [one.partnership for one in present[:1]]

    def keeper_leader_ids(self, on: date) -> Set[int]:
        return {person for one in self._keepers(on) for person in one.leader_ids(on)}

    def keeper_deputy_ids(self, on: date) -> Set[int]:
        return {person for one in self._keepers(on) for person in one.deputy_ids(on)}

    def keeper_animator_ids(self, on: date) -> Set[int]:
        return {person for one in self._keepers(on) for person in one.animator_ids(on)}

    def leader_ids(self, on: date) -> Set[int]:
        return {person for one in self._partnerships(on) for person in one.leader_ids(on)}

    def deputy_ids(self, on: date) -> Set[int]:
        return {person for one in self._partnerships(on) for person in one.deputy_ids(on)}

    def animator_ids(self, on: date) -> Set[int]:
        return {person for one in self._partnerships(on) for person in one.animator_ids(on)}


class Partnership(Searched, Timestamped, Versioned, Base):
    """The municipal partnership for digital education. One that is not closed per municipality and programme."""

    __tablename__ = "partnership"
    SEARCHED = ("name",)
    __table_args__ = (
        only_one(
            "uq_partnership_municipality", "programme_id", "municipality_id", where="status <> 'closed'"
        ),
        CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_has_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    status: Mapped[PartnershipStatus] = mapped_column(
        one_of(PartnershipStatus), default=PartnershipStatus.PLANNED
    )
    founded_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    agreement_id: Mapped[int | None] = mapped_column(
        ForeignKey("attachment.id", use_alter=True, name="fk_partnership_agreement_id_attachment")
    )
    """The signed agreement by which it was founded."""
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"), index=True)
    """The partnership in which it goes on since municipalities changed, through all later changes: it is closed then."""

    programme: Mapped[Programme] = relationship()
    successor: Mapped["Partnership | None"] = relationship(remote_side=[id])
    municipality: Mapped[Municipality] = relationship()
    terms: Mapped[list["LeaderTerm"]] = relationship(
        back_populates="partnership", order_by="LeaderTerm.starts_on, LeaderTerm.id"
    )
    assignments: Mapped[list["AnimatorAssignment"]] = relationship(
        primaryjoin="foreign(AnimatorAssignment.municipality_id) == Partnership.municipality_id",
        viewonly=True,
        order_by="AnimatorAssignment.starts_on, AnimatorAssignment.id",
    )
    members: Mapped[list["PartnershipMember"]] = relationship(
        back_populates="partnership", order_by="PartnershipMember.joined_on, PartnershipMember.id"
    )

    acts_through_people = True
    """Others may act on its behalf, not only on somebody's: where nobody leads it, they do."""

    def leader_ids(self, on: date) -> Set[int]:
        return {term.user_id for term in self.terms if term.kind is TermKind.LEADER and term.covers(on)}

    def deputy_ids(self, on: date) -> Set[int]:
        return {term.user_id for term in self.deputy_terms(on)}

    def is_led_by(self, person: User, first: date, last: date | None = None) -> bool:
        """They lead it on some of these days, or help to."""
        return any(
            term.user_id == person.id
            and (term.ends_on is None or term.ends_on >= first)
            and (last is None or term.starts_on <= last)
            for term in self.terms
        )

    def stand_in_ids(self, on: date) -> Set[int]:
        """Deputies, where nobody leads: somebody has to look for a new leader."""
        return set() if self.leader_ids(on) else self.deputy_ids(on)

    def deputies_who_submit(self, on: date) -> Set[int]:
        return {term.user_id for term in self.deputy_terms(on) if term.can_submit}

    def deputies_who_publish(self, on: date) -> Set[int]:
        return {term.user_id for term in self.deputy_terms(on) if term.can_publish}

    def animator_ids(self, on: date) -> Set[int]:
        """The cover while there is one, else the main animator: decisions follow the assignment of the moment."""
        active = [assignment for assignment in self.assignments if assignment.covers(on)]
        covering = {one.animator_id for one in active if one.kind is AssignmentKind.COVER}
        return covering or {one.animator_id for one in active}

    def term_editors(self, on: date) -> Set[int]:
        """Who, beside the office, may appoint deputies: the leader, never a deputy."""
        return self.leader_ids(on)

    def leader(self, on: date) -> User | None:
        term = self.leader_term(on)
        return term.user if term else None

    def leader_term(self, on: date) -> "LeaderTerm | None":
        return next((term for term in self.terms if term.kind is TermKind.LEADER and term.covers(on)), None)

    def deputy_terms(self, on: date) -> "list[LeaderTerm]":
        return [term for term in self.terms if term.kind is TermKind.DEPUTY and term.covers(on)]

    def leaderless_since(self, on: date) -> date | None:
        """The first day without a leader; None while there is one, or where there never was."""
        if self.leader_term(on) is not None:
            return None
        ended = [term.ends_on for term in self.terms if term.kind is TermKind.LEADER and term.ends_on]
        over = [day for day in ended if day < on]
        return max(over) + timedelta(days=1) if over else None

    @property
    def is_leaderless(self) -> bool:
        """Nobody leads it today: deputies and the office act on its behalf."""
        return not self.leader_ids(clock.today())

    def deputies(self, on: date) -> list[User]:
        return [term.user for term in self.deputy_terms(on)]

    def animator(self, on: date) -> User | None:
        assignment = self.assignment(on)
        return assignment.animator if assignment else None

    def deciding_animator(self, on: date) -> User | None:
        """Who can decide about what it does: nobody with a suspended account, and nobody of its own people.

        ``partnerships.queries.has_deciding_animator`` says the same for lists.
        """
        animator = self.animator(on)
        if animator is None or not animator.is_active:
            return None
        return None if animator.id in self.leader_ids(on) | self.deputy_ids(on) else animator

    def assignment(self, on: date) -> "AnimatorAssignment | None":
        """The one that gives the right to decide on that day."""
        ids = self.animator_ids(on)
        return next((one for one in self.assignments if one.covers(on) and one.animator_id in ids), None)

    def to_come(self, on: date) -> "list[LeaderTerm | AnimatorAssignment]":
        """Terms and assignments that begin later, the earliest first."""
        everything: list[LeaderTerm | AnimatorAssignment] = [*self.terms, *self.assignments]
        return sorted((one for one in everything if one.starts_on > on), key=lambda one: one.starts_on)

    def members_on(self, on: date) -> "list[PartnershipMember]":
        return [member for member in self.members if member.belongs(on)]

    @property
    def is_open(self) -> bool:
        return self.status is not PartnershipStatus.CLOSED

    @property
    def is_merged(self) -> bool:
        """A side state: closed, and it goes on in another one."""
        return self.successor_id is not None

    def heir_ids(self, on: date) -> Set[int]:
        """Who leads or deputises where a merged partnership goes on: they read what it left."""
        heir = self.successor
        return heir.leader_ids(on) | heir.deputy_ids(on) if heir else set()

    def heir_leader_ids(self, on: date) -> Set[int]:
        return self.successor.leader_ids(on) if self.successor else set()

    def heir_animator_ids(self, on: date) -> Set[int]:
        """Who advises where a merged partnership goes on."""
        return self.successor.animator_ids(on) if self.successor else set()


class OfPartnership(RightsOfPartnership):
    """A part of a partnership: its story is told there as well."""

    @property
    def story(self) -> Partnership:
        return self._decides


class TermKind(LabelledEnum):
    LEADER = "leader", _l("Leader")
    DEPUTY = "deputy", _l("Deputy leader")


class LeaderTerm(OfPartnership, Timestamped, Base):
    """Who leads a partnership, or helps to, from when to when. At most one leader without an end at any moment."""

    __tablename__ = "leader_term"
    __table_args__ = (
        only_one("uq_leader_term_active", "partnership_id", where="kind = 'leader' AND ends_on IS NULL"),
        only_one("uq_leader_term_person", "partnership_id", "user_id", where="ends_on IS NULL"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days_in_order"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[TermKind] = mapped_column(one_of(TermKind))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The last day of the term."""
    end_reason: Mapped[str | None] = mapped_column(String(300))
    can_submit: Mapped[bool] = mapped_column(default=False)
    can_publish: Mapped[bool] = mapped_column(default=False)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """The institution this person comes from."""

    partnership: Mapped[Partnership] = relationship(back_populates="terms")
    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    def covers(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    @property
    def is_to_come(self) -> bool:
        """It has not begun, so it can still be taken back."""
        return self.starts_on > clock.today()

    @property
    def rights(self) -> str:
        """What a deputy may do beside working on the plans."""
        if self.can_submit and self.can_publish:
            return str(_("may submit and publish plans"))
        if self.can_submit:
            return str(_("may submit plans"))
        return str(_("may publish plans") if self.can_publish else _("may work on plans"))

    def term_editors(self, on: date) -> Set[int]:
        """The leader ends a deputy's term; a leader's own is the office's to end."""
        return self.leader_ids(on) if self.kind is TermKind.DEPUTY else set()


class AssignmentKind(LabelledEnum):
    MAIN = "main", _l("Animator")
    COVER = "cover", _l("Covering animator")


class AnimatorAssignment(Timestamped, Base):
    """Which animator advises a municipality, from when to when: one main, and at most one covering for a while."""

    __tablename__ = "animator_assignment"
    __table_args__ = (
        only_one("uq_animator_assignment_open", "municipality_id", "kind", where="ends_on IS NULL"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days_in_order"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    animator_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    kind: Mapped[AssignmentKind] = mapped_column(one_of(AssignmentKind), default=AssignmentKind.MAIN)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(300))

    animator: Mapped[User] = relationship()
    municipality: Mapped[Municipality] = relationship()

    @property
    def user(self) -> User:
        return self.animator

    def covers(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class PartnershipMember(OfPartnership, Timestamped, Base):
    """An organisation in a partnership: its role, what it gives, and whom to write to there."""

    __tablename__ = "partnership_member"
    __table_args__ = (
        only_one(
            "uq_partnership_member_active", "partnership_id", "organisation_id", where="left_on IS NULL"
        ),
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="days_in_order"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    """A code of the list ``partner_role``."""
    contribution: Mapped[list[str]] = mapped_column(default=list)
    """Codes of the list ``contribution``."""
    contact_function: Mapped[str | None] = mapped_column(String(120))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    """The last day on which it belonged."""
    notes: Mapped[str | None] = mapped_column(Text)
    taken_over: Mapped[bool] = mapped_column(default=False, server_default=false())
    """From earlier records: what the office kept before this system."""
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    """The signed declaration by which it joined."""

    partnership: Mapped[Partnership] = relationship(back_populates="members")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")
    agreement: Mapped["Attachment | None"] = relationship(foreign_keys=[agreement_id])

    def belongs(self, on: date) -> bool:
        return self.joined_on <= on and (self.left_on is None or on <= self.left_on)


import partnerships.files.models  # noqa: E402, F401 (a member's agreement is one: whoever knows members must know them)
