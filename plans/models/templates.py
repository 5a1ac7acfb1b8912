"""The versions of the plan templates, as the office published them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import GIVEN_ONCE, Base, Timestamped, Versioned, one_of, only_one
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from plans.definitions import PlanKind


class TemplateStatus(LabelledEnum):
    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL
    CURRENT = "current", _l("Current"), Tone.SUCCESS
    ACCEPTED = "accepted", _l("Still accepted"), Tone.WARNING
    RETIRED = "retired", _l("Retired"), Tone.NEUTRAL


class PlanTemplate(Timestamped, Versioned, Base):
    """One version of a template. Its definition changes only while it is a draft: a database trigger holds that too.

    The profile's files are the first versions of a new installation; from then on this table is the truth.
    """

    __tablename__ = "plan_template"
    __table_args__ = (
        UniqueConstraint("kind", "version"),
        only_one("uq_plan_template_current", "kind", where="status = 'current'"),
        only_one("uq_plan_template_draft", "kind", where="status = 'draft'"),
        CheckConstraint("status <> 'accepted' OR accepted_until IS NOT NULL", name="accepted_until_a_day"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PlanKind] = mapped_column(one_of(PlanKind))
    version: Mapped[int]
    status: Mapped[TemplateStatus] = mapped_column(one_of(TemplateStatus), default=TemplateStatus.DRAFT)
    definition: Mapped[str] = mapped_column(Text)
    """The whole definition as it was written (TOML), with its comments."""
    accepted_until: Mapped[date | None]
    """The last day on which workbooks of an older version are taken."""
    checks_from: Mapped[date | None]
    """From this day on what this version newly requires is an error for older plans too; before, a warning."""
    published_at: Mapped[datetime | None]

    def status_on(self, day: date) -> TemplateStatus:
        """A version whose last day is over is retired, without anybody having to say so."""
        over = self.accepted_until is not None and self.accepted_until < day
        if self.status is TemplateStatus.ACCEPTED and over:
            return TemplateStatus.RETIRED
        return self.status
