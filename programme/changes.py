"""What the office changes about the programme: its words and dates, and its numbers. All of it holds at once, in every process."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import g
from sqlalchemy import select

from core import audit
from core.audit import Actor
from core.database import db
from core.errors import DomainError
from core.i18n import _
from programme.events import ProgrammeEvent
from programme.models import Programme
from programme.profile import Profile, load_profile
from programme.setting_groups import FIXED
from programme.settings import ProgrammeSettings, SettingValue, setting_from_text, stored

WORDS = ("name", "short_name", "funding_statement", "operator", "contact_email", "contact_phone")
IN_LANGUAGES = WORDS[:4]
"""The others read the same in each language."""


class DatesRefused(DomainError):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def locked_programme() -> Programme:
    """What changes the programme goes one after the other, each from what the one before left."""
    row = db.session.scalars(select(Programme).order_by(Programme.id).limit(1).with_for_update()).one()
    db.session.refresh(row)
    g.pop("programme", None)  # read once in a request: what follows asks anew
    return row


def words_of(row: Programme) -> dict[str, Any]:
    """Every word in force: what the office wrote, else the profile's."""
    profile = load_profile(row.profile)
    return {name: row.words.get(name) or _profile_words(profile, name) for name in WORDS}


def _profile_words(profile: Profile, name: str) -> Any:
    found = getattr(profile, name)
    return dict(found.texts) if name in IN_LANGUAGES else found


def change_words(words: Mapping[str, Any], *, starts_on: date, ends_on: date, actor: Actor) -> None:
    """What reads as in the profile is not kept: it follows the profile."""
    row = locked_programme()
    _check_dates(starts_on, ends_on)
    before, profile = _told(row), load_profile(row.profile)
    own = {name: words[name] for name in WORDS if words[name] != _profile_words(profile, name)}
    others = {name: value for name, value in row.words.items() if name not in WORDS}
    row.words = {**others, **own}
    row.name, row.short_name = words["name"]["pl"], words["short_name"]["pl"]
    row.funding_statement = words["funding_statement"]["pl"]
    row.starts_on, row.ends_on = starts_on, ends_on
    after = _told(row)
    if before != after:
        _remember(ProgrammeEvent.WORDS, row, actor, before=before, after=after)


def _check_dates(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise DatesRefused("ends_on", _("The programme cannot end before it begins."))


def _told(row: Programme) -> dict[str, Any]:
    """One fact for each language, as the history shows it."""
    told: dict[str, Any] = {}
    for name, value in words_of(row).items():
        told |= (
            {f"{name}_{code}": text for code, text in value.items()}
            if isinstance(value, dict)
            else {name: value}
        )
    return {**told, "starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat()}


def change_numbers(texts: Mapping[str, str], *, actor: Actor) -> list[str]:
    """Set these settings as a person typed them. Returns the names of those that are another value now."""
    wanted = {name: setting_from_text(name, text) for name, text in texts.items() if name not in FIXED}
    return _set(wanted, actor=actor)


def back_to_default(name: str, *, actor: Actor) -> list[str]:
    row = locked_programme()
    return _set({name: getattr(load_profile(row.profile).settings, name)}, actor=actor)


def _set(wanted: Mapping[str, SettingValue], *, actor: Actor) -> list[str]:
    row = locked_programme()
    defaults = load_profile(row.profile).settings
    now, default = defaults.changed_by(row.settings), defaults.as_data()
    changed = [name for name, value in wanted.items() if getattr(now, name) != value]
    if not changed:
        return []
    values = {**row.settings, **{name: stored(wanted[name]) for name in changed}}
    own = {name: value for name, value in values.items() if name in default and value != default[name]}
    after = defaults.changed_by(own)  # refuses what does not go together
    row.settings = own
    _remember(
        ProgrammeEvent.NUMBERS, row, actor, before=_numbers(now, changed), after=_numbers(after, changed)
    )
    return changed


def _remember(
    event: ProgrammeEvent,
    row: Programme,
    actor: Actor,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """Only what is not the same any more."""
    changed = [name for name in after if before.get(name) != after[name]]
    audit.record(
        event,
        row,
        actor=actor,
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
    )


def _numbers(settings: ProgrammeSettings, names: Iterable[str]) -> dict[str, Any]:
    return {name: stored(getattr(settings, name)) for name in names}
