"""Views of the board that somebody keeps: a filter, an order and columns under a name."""

from collections.abc import Set
from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import Base, Timestamped, only_one

LONGEST_NAME = 60
LONGEST_QUESTION = 1500


class BoardView(Timestamped, Base):
    """Somebody's own; shared, everybody of the office sees it."""

    __tablename__ = "board_view"
    __table_args__ = (
        UniqueConstraint("owner_id", "name"),
        only_one("uq_board_view_default", "owner_id", where="is_default"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    question: Mapped[str] = mapped_column(String(LONGEST_QUESTION))
    """What the address of the board asks, as ``stage=draft&sort=-since``."""
    is_shared: Mapped[bool] = mapped_column(default=False)
    is_default: Mapped[bool] = mapped_column(default=False)
    """Its owner's board opens with it."""

    owner: Mapped[User] = relationship()

    def owner_ids(self, _on: date) -> Set[int]:
        return {self.owner_id}
