"""What is kept of somebody's second factor: nothing that signs in without the installation's key."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import User
from core import clock
from core.database import Base


class SecondFactor(Base):
    """An app that shows a new code every half minute. What the codes follow from is worked out, never stored."""

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    """Set with the first right code: until then nobody is asked for one."""
    last_step: Mapped[int] = mapped_column(default=0)
    """The half minute of the last code that was taken: it is not taken twice, nor one before it."""


class RecoveryCode(Base):
    """For the day the phone is gone. Each works once, and only its hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]
