"""The programme of this installation, as the code asks for it."""

from functools import cached_property
from typing import Any

from flask import g
from sqlalchemy import select

from core.database import db
from core.i18n import language
from programme.code_lists import CodeList
from programme.models import Programme
from programme.profile import Profile, load_profile
from programme.settings import ProgrammeSettings


class CurrentProgramme:
    """The programme with its settings and words; read once in a request."""

    def __init__(self, row: Programme) -> None:
        self.row = row
        self.id = row.id
        self.name = row.name
        self.short_name = row.short_name
        self.funding_statement = row.funding_statement
        self.is_demo = row.is_demo
        self._changed = dict(row.settings)

    @cached_property
    def profile(self) -> Profile:
        return load_profile(self.row.profile)

    @cached_property
    def settings(self) -> ProgrammeSettings:
        return self.profile.settings.changed_by(self._changed)

    @property
    def code_lists(self) -> Any:
        return self.profile.code_lists


def current_programme() -> CurrentProgramme | None:
    """None only on a database that was migrated but never set up."""
    known: CurrentProgramme | None = g.get("programme")
    if known is None:
        row = db.session.scalar(select(Programme).order_by(Programme.id).limit(1))
        if row is None:
            return None
        known = g.programme = CurrentProgramme(row)
    return known
