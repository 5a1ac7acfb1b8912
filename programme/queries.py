"""The programme of this installation, as the code asks for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from flask import g
from sqlalchemy import Select, select

from core.database import db
from core.i18n import language
from programme.code_lists import CodeList
from programme.labels import Labels
from programme.list_changes import lists_of
from programme.models import Programme
from programme.profile import Profile, load_profile
from programme.settings import ProgrammeSettings

GivesLists = Callable[[Programme], Mapping[str, CodeList]]
_given_lists: list[GivesLists] = []


def register_code_lists(given: GivesLists) -> None:
    """Further code lists, from a package that keeps them in the database."""
    if given not in _given_lists:
        _given_lists.append(given)


@dataclass(frozen=True)
class ShownLogo:
    id: int
    version: str
    """Another one for another picture: the address of a new one is new."""
    words: str


class CurrentProgramme:
    """The programme with its settings and words; read once in a request."""

    def __init__(self, row: Programme) -> None:
        self.row = row
        self.id = row.id
        self.is_demo = row.is_demo
        self.profile: Profile = load_profile(row.profile)
        self._lists: dict[tuple[str | None, str], Mapping[str, CodeList]] = {}

    @cached_property
    def settings(self) -> ProgrammeSettings:
        return self.profile.settings.changed_by(self.row.settings)

    @property
    def code_lists(self) -> Mapping[str, CodeList]:
        """The profile's lists as the office changed them, and those that plan templates bring along under names of their own."""
        stamp = self.row.template_stamp, str(self.row.list_changes)
        if stamp not in self._lists:
            more = [given(self.row) for given in _given_lists]
            own = {key: one for lists in more for key, one in lists.items()}
            self._lists = {stamp: {**lists_of(self.row), **own}}
        return self._lists[stamp]

    @property
    def name(self) -> str:
        return self._own("name") or _translated(self.row.name, self.profile.name)

    @property
    def short_name(self) -> str:
        return self._own("short_name") or _translated(self.row.short_name, self.profile.short_name)

    @property
    def funding_statement(self) -> str:
        own = self._own("funding_statement")
        return own or _translated(self.row.funding_statement, self.profile.funding_statement)

    @property
    def operator(self) -> str:
        return self._own("operator") or self.profile.operator.in_language(language())

    @property
    def contact_email(self) -> str:
        return self.row.words.get("contact_email") or self.profile.contact_email

    @property
    def contact_phone(self) -> str:
        return self.row.words.get("contact_phone") or self.profile.contact_phone

    @property
    def logos(self) -> list[ShownLogo]:
        """In their order, with their words in the reader's language."""
        return [
            ShownLogo(one["id"], one["version"], Labels(one["words"]).in_language(language()))
            for one in self.row.words.get("logos", ())
        ]

    def _own(self, name: str) -> str:
        """What the office wrote in place of the profile's words."""
        return Labels(self.row.words.get(name, {})).in_language(language())


def _translated(stored: str, profile: Labels) -> str:
    """The profile's words in the reader's language, as long as the office has not put its own in their place."""
    return profile.in_language(language()) if stored in profile.texts.values() else stored


def current_programme() -> CurrentProgramme | None:
    """None only on a database that was migrated but never set up."""
    known: CurrentProgramme | None = g.get("programme")
    if known is None:
        row = db.session.scalar(_first())
        if row is None:
            return None
        known = g.programme = CurrentProgramme(row)
    return known


@cache
def _first() -> Select[*tuple[Programme]]:
    """Put together once: every page asks it."""
    return select(Programme).order_by(Programme.id).limit(1)


def the_programme() -> CurrentProgramme:
    """The programme, where one must be: an installation without one was never set up."""
    programme = current_programme()
    if programme is None:
        raise LookupError("no programme: run `flask database prepare`")
    return programme
