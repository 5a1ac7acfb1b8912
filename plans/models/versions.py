"""Plans, their versions and their rows."""

from collections.abc import Set
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from accounts.roles import Role
from core.database import GIVEN_ONCE, Base, Timestamped, Versioned, one_of, only_one
from core.formatting import day
from core.i18n import _
from core.searching import Searched
from partnerships.behalf import OnBehalf
from partnerships.models import Partnership
from partnerships.rights import RightsOfPartnership
from plans.definitions import PlanContent, PlanKind, PlanRow
from plans.workflow import AWAITING_REVIEW, EDITABLE, SEEN_BY_REVIEWER, PlanStatus

if TYPE_CHECKING:
    from plans.models.remarks import ReviewComment


class OfVersion(RightsOfPartnership):
    """A part of a version: seen by whoever may see the version."""

    version: Mapped["PlanVersion"]

    def animator_ids(self, on: date) -> Set[int]:
        return self.version.animator_ids(on)

    def reviewer_ids(self, on: date) -> Set[int]:
        return self.version.reviewer_ids(on)

    @property
    def partnership(self) -> Partnership:
        return self.version.plan.partnership

    @property
    def open_to_animator(self) -> bool:
        return self.version.open_to_animator

    @property
    def open_to_office(self) -> bool:
        return self.version.open_to_office

    @property
    def is_written_by_office(self) -> bool:
        return self.version.is_written_by_office

    @property
    def story(self) -> "Plan":
        """The timeline that shows what happens to a version is its plan's."""
        return self.version.plan


class OfYears:
    """Named by its kind and its years."""

    kind: Any
    year_from: Any
    year_to: Any

    @property
    def years(self) -> str:
        return str(self.year_from) if self.year_from == self.year_to else f"{self.year_from}–{self.year_to}"

    @property
    def is_general(self) -> bool:
        return self.kind is PlanKind.GENERAL

    @property
    def title(self) -> str:
        if self.is_general:
            return _("General plan %(years)s", years=self.years)
        return _("Annual plan %(years)s", years=self.years)


class Plan(OfYears, Timestamped, Base):
    """A general plan for consecutive years, or the annual plan of one year. Its content lies in its versions."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("partnership_id", "kind", "year_from"),
        CheckConstraint("year_to >= year_from", name="years_in_order"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), unique=True)
    """Written into workbooks; says nothing about order or number of plans."""
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    kind: Mapped[PlanKind] = mapped_column(one_of(PlanKind))
    year_from: Mapped[int]
    year_to: Mapped[int]
    template_version: Mapped[int]
    """The version of the template it was begun on; each of its versions says which one it follows."""
    shared_with_animator: Mapped[bool] = mapped_column(default=False)
    """An annual plan is private until its leader shares it for feedback."""
    totals_shared: Mapped[bool] = mapped_column(default=False)
    """Whether the office may add what this annual plan comes to up with that of others; its rows stay private."""

    partnership: Mapped[Partnership] = relationship()
    versions: Mapped[list["PlanVersion"]] = relationship(back_populates="plan", order_by="PlanVersion.number")


class PlanVersion(RightsOfPartnership, Timestamped, Versioned, Base):
    """One version of a plan: a draft first, then frozen with its hash when it is submitted."""

    __tablename__ = "plan_version"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        only_one("uq_plan_version_current", "plan_id", where="is_current"),
        only_one("uq_plan_version_published", "plan_id", where="status = 'published'"),
        Index("ix_plan_version_stage", "plan_id", "is_current", "status", "status_since", "round"),
        CheckConstraint("status IN ('draft', 'in_use') OR content_hash IS NOT NULL", name="frozen_has_hash"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    number: Mapped[int]
    template_version: Mapped[int] = mapped_column(default=1)
    """The version of the template that its content follows. Only a draft is ever brought up to a newer one."""
    is_current: Mapped[bool] = mapped_column(default=True)
    """The latest version: the only one anything can be done with."""
    round: Mapped[int] = mapped_column(default=0)
    """How many times this plan was submitted, up to this version."""
    returns: Mapped[int] = mapped_column(default=0)
    """How many times this plan was returned, up to this version."""
    status: Mapped[PlanStatus] = mapped_column(one_of(PlanStatus), default=PlanStatus.DRAFT, index=True)
    base_version_id: Mapped[int | None] = mapped_column(ForeignKey("plan_version.id"))
    content: Mapped[str | None] = mapped_column(Text, deferred=True)
    """The canonical form, frozen on submission. Long, and only kept: no page reads it."""
    content_hash: Mapped[str | None] = mapped_column(String(64))
    status_since: Mapped[datetime]
    submitted_at: Mapped[datetime | None] = mapped_column(index=True)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_on_behalf: Mapped[OnBehalf | None] = mapped_column(one_of(OnBehalf))
    """Set when somebody did it in place of the leader, or of the partnership that had none."""
    review_started_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_note: Mapped[str | None] = mapped_column(Text)
    publish_on_approval_at: Mapped[datetime | None]
    """When the leader asked to publish the content as soon as it is approved; None: not asked, or taken back."""
    publish_on_approval_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    kept_with_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """The former animator with whom this one review stays until it is decided."""
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    published_on_behalf: Mapped[OnBehalf | None] = mapped_column(one_of(OnBehalf))
    correction_reason: Mapped[str | None] = mapped_column(Text)
    """Set when the office began this version on behalf of the leader."""
    feedback_requested_at: Mapped[datetime | None]
    feedback_given_at: Mapped[datetime | None]
    feedback: Mapped[str | None] = mapped_column(Text)

    plan: Mapped[Plan] = relationship(back_populates="versions", lazy="joined", innerjoin=True)
    base_version: Mapped["PlanVersion | None"] = relationship(remote_side=[id], viewonly=True)
    """To look at, as the people below: written by its id. Each that the mapper writes by itself it sorts at every change."""
    entries: Mapped[list["PlanEntry"]] = relationship(
        back_populates="version", order_by="PlanEntry.sheet, PlanEntry.position", cascade="all, delete-orphan"
    )
    comments: Mapped[list["ReviewComment"]] = relationship(
        back_populates="version", order_by="ReviewComment.id"
    )
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id], viewonly=True)
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], viewonly=True)
    kept_with: Mapped[User | None] = relationship(foreign_keys=[kept_with_id])

    @property
    def partnership(self) -> Partnership:
        return self.plan.partnership

    @property
    def story(self) -> Plan:
        """The timeline that shows what happens to a version is its plan's."""
        return self.plan

    # Who decides: the animator of the day, unless this one review stayed with a former one.

    def animator_ids(self, on: date) -> Set[int]:
        """Who reads along: the animator of the day, and with whom the review stays."""
        return self.partnership.animator_ids(on) | self.reviewer_ids(on)

    def reviewer_ids(self, on: date) -> Set[int]:
        keeper = self.keeper(on)
        return {keeper.id} if keeper else self.partnership.animator_ids(on)

    def reviewer(self, on: date) -> User | None:
        return self.keeper(on) or self.partnership.animator(on)

    def keeper(self, on: date) -> User | None:
        """The former animator with whom it stays: while it is open and they may decide about it.

        While they advise here themselves, before they go or as a cover, there is nothing to keep.
        ``plans.queries.is_kept`` says the same for lists.
        """
        return self.stays_with(on) if self.is_current and self.status in AWAITING_REVIEW else None

    def stays_with(self, on: date) -> User | None:
        """The same also once it is over: in whose place somebody else ended it."""
        kept = self.kept_with
        if kept is None or self.has_lost_keeper(on):
            return None
        advises_here = any(
            one.animator_id == kept.id and one.covers(on) for one in self.partnership.assignments
        )
        return None if advises_here else kept

    def has_lost_keeper(self, on: date) -> bool:
        """Whoever it stayed with is no animator any more, or leads this very partnership or helps to."""
        kept = self.kept_with
        if kept is None:
            return False
        own = kept.id in self.leader_ids(on) | self.deputy_ids(on)
        return own or not kept.is_active or not kept.holds(Role.ANIMATOR, on)

    @property
    def is_editable(self) -> bool:
        return self.is_current and self.status in EDITABLE

    @property
    def rows(self) -> PlanContent:
        """The content as it stands in the rows."""
        sheets: dict[str, list[PlanRow]] = {}
        for entry in self.entries:
            sheets.setdefault(entry.sheet, []).append(PlanRow(entry.row_uid, entry.values))
        return PlanContent({sheet: tuple(rows) for sheet, rows in sheets.items()})

    @property
    def submission_on_behalf(self) -> str:
        """Who submitted it in whose place, without a name; empty where the leader did, or a deputy beside a leader."""
        if self.submitted_on_behalf is None or self.submitted_at is None:
            return ""
        who, on = self.submitted_on_behalf.label, day(self.submitted_at)
        return _("Submitted on %(day)s: %(who)s.", day=on, who=who)

    @property
    def publication_on_behalf(self) -> str:
        if self.published_on_behalf is None or self.published_at is None:
            return ""
        who, on = self.published_on_behalf.label, day(self.published_at)
        return _("Published on %(day)s: %(who)s.", day=on, who=who)

    # A general plan's draft is its authors' and the office's; an annual plan is private until it is shared.

    @property
    def open_to_animator(self) -> bool:
        handed_over = self.status in SEEN_BY_REVIEWER - {PlanStatus.IN_USE, PlanStatus.CLOSED}
        return handed_over or self.plan.shared_with_animator

    @property
    def open_to_office(self) -> bool:
        return self.plan.is_general or self.round > 0

    @property
    def is_office_correction(self) -> bool:
        """Begun by the office on behalf of the leader: the office writes in it too."""
        return self.correction_reason is not None

    @property
    def is_written_by_office(self) -> bool:
        """A correction of its own, and whatever there is of a partnership that nobody leads."""
        return self.is_office_correction or (self.open_to_office and self.partnership.is_leaderless)


class PlanEntry(Searched, Base):
    """One row of one sheet. Immutable once its version is submitted: a database trigger holds that too."""

    __tablename__ = "plan_entry"
    SEARCHED = ("values",)
    __table_args__ = (UniqueConstraint("version_id", "sheet", "row_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    sheet: Mapped[str] = mapped_column(String(40))
    row_uid: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    row_version: Mapped[int] = mapped_column(default=1)

    version: Mapped[PlanVersion] = relationship(back_populates="entries")
