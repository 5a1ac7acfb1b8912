"""Plans from before this system: what they were, and the file that was approved. Their content is not kept here."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Timestamped, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from partnerships.files.models import Attachment
from partnerships.models import OfPartnership, Partnership
from plans.definitions import PlanKind
from plans.models.versions import OfYears


class EarlierStatus(LabelledEnum):
    APPROVED = "approved", _l("Approved"), Tone.SUCCESS
    PUBLISHED = "published", _l("Published"), Tone.SUCCESS


class EarlierPlan(OfYears, OfPartnership, Timestamped, Base):
    """Taken over from earlier records: decided elsewhere, so nothing here reviews or changes it."""

    __tablename__ = "earlier_plan"
    __table_args__ = (
        UniqueConstraint("partnership_id", "kind", "year_from"),
        CheckConstraint("year_to >= year_from", name="years_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    kind: Mapped[PlanKind] = mapped_column(one_of(PlanKind))
    year_from: Mapped[int]
    year_to: Mapped[int]
    status: Mapped[EarlierStatus] = mapped_column(one_of(EarlierStatus))
    decided_on: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    """The approved file, added once the row is there."""

    partnership: Mapped[Partnership] = relationship()
    file: Mapped[Attachment | None] = relationship()
