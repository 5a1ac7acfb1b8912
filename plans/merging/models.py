"""How a plan came to be what it is: each change of its rows, so that an earlier state can be found again."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base


class PlanStep(Base):
    """One change of the rows of a version. Who made it stands in the history; what was there before only here."""

    __tablename__ = "plan_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    before: Mapped[str] = mapped_column(String(64))
    after: Mapped[str] = mapped_column(String(64))
    """Fingerprints of the whole content."""
    undo: Mapped[dict[str, Any]]
    """By sheet key: the ids of its rows as they stood, and the values of those that this step changed or took out."""
    made_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
