"""The programme this installation runs. Its profile seeds the row on the first start; afterwards the row is the truth."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Timestamped
from core.storage import StoredFile
from programme.labels import Labels


class Programme(Timestamped, Base):
    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    profile: Mapped[str] = mapped_column(String(40))
    """Name of the folder in ``profiles/`` that holds its code lists and templates."""
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    funding_statement: Mapped[str] = mapped_column(Text)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the office changed; everything else is the profile's default (``programme/settings.py``)."""
    words: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What the office wrote in place of the profile's words, by language: ``{"name": {"pl": "…", "en": "…"}}``."""
    list_changes: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What the office changed in the profile's code lists (``programme/list_changes.py``)."""
    template_stamp: Mapped[str | None] = mapped_column(String(40))
    """Another one after every change of the plan templates, so that each process notices: it is read with the programme."""
    read_only_since: Mapped[datetime | None]
    """From then on everything can be read and taken along, and nothing is changed (``archive/read_only.py``)."""
    is_demo: Mapped[bool] = mapped_column(default=False)
    """Invented data: marked on every public page, and refused by an installation for real work."""


class ProgrammeLogo(Timestamped, Base):
    """A logo of who pays for the programme or runs it, in the order in which they stand beside each other."""

    __tablename__ = "programme_logo"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    words: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the picture says, by language, for who does not see it."""
    position: Mapped[int]

    file: Mapped[StoredFile] = relationship()

    @property
    def alternative(self) -> Labels:
        return Labels(self.words)
