"""The profile of a programme: a folder of data files with its words, numbers, lists, tasks and templates.

Another programme is another profile, not other code. The profile seeds the database on the first start.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import DomainError
from programme.code_lists import CodeList, load_code_lists
from programme.data_files import LANGUAGES, ProfileFault, Table, read_toml
from programme.labels import Labels
from programme.settings import Origin, ProgrammeSettings, SettingNote, settings_from

PROFILES = Path(__file__).resolve().parent.parent / "profiles"

PROFILE_KEYS = {
    *("name", "short_name", "starts_on", "ends_on", "funding_statement", "default_language", "languages"),
    *("time_zone", "settings", "tasks", "operator", "contact_email", "contact_phone"),
}


@dataclass(frozen=True)
class TaskDefinition:
    """One of the minimum tasks. Whether it is done is computed from evidence, never set."""

    code: str
    label: Labels
    help: Labels
    """When it counts as done."""


@dataclass(frozen=True)
class Profile:
    key: str
    folder: Path
    name: Labels
    short_name: Labels
    starts_on: date
    ends_on: date
    funding_statement: Labels
    operator: Labels
    """Who runs the programme and answers for the data."""
    contact_email: str
    contact_phone: str
    default_language: str
    languages: tuple[str, ...]
    time_zone: ZoneInfo
    settings: ProgrammeSettings
    setting_notes: Mapping[str, SettingNote]
    tasks: tuple[TaskDefinition, ...]
    code_lists: Mapping[str, CodeList]

    @property
    def templates(self) -> Path:
        """Folder of the plan templates, one TOML file for each kind and version."""
        return self.folder / "templates"

    @property
    def years(self) -> tuple[int, ...]:
        """The programme's years, the first one first."""
        return tuple(range(self.starts_on.year, self.ends_on.year + 1))

    def task(self, code: str) -> TaskDefinition:
        return next(task for task in self.tasks if task.code == code)


@lru_cache(maxsize=8)
def load_profile(name: str) -> Profile:
    """The profile in ``profiles/<name>``, read once in a process."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
        raise ProfileFault(f"{name!r} is not a name of a profile")
    return read_profile(PROFILES / name)


def read_profile(folder: Path) -> Profile:
    path = folder / "profile.toml"
    if not path.is_file():
        raise ProfileFault(f"there is no {path.name} in profiles/{folder.name}")
    where = f"{folder.name}/{path.name}"
    table = Table(read_toml(path.read_text(encoding="utf-8"), where), where, PROFILE_KEYS)
    settings, notes = _settings(table)
    profile = Profile(
        key=folder.name,
        folder=folder,
        name=table.labels("name"),
        short_name=table.labels("short_name"),
        starts_on=table.day("starts_on"),
        ends_on=table.day("ends_on"),
        funding_statement=table.labels("funding_statement"),
        operator=table.labels("operator"),
        contact_email=table.text("contact_email"),
        contact_phone=table.text("contact_phone"),
        default_language=table.text("default_language"),
        languages=_languages(table),
        time_zone=_time_zone(table),
        settings=settings,
        setting_notes=notes,
        tasks=tuple(_task(entry, where) for entry in table.tables("tasks")),
        code_lists=load_code_lists(folder / "code-lists.csv"),
    )
    _check(profile, where)
    return profile


def _settings(table: Table) -> tuple[ProgrammeSettings, dict[str, SettingNote]]:
    values: dict[str, Any] = {}
    notes: dict[str, SettingNote] = {}
    for name, entry in Table(
        table.data.get("settings"), table.where, table.data.get("settings") or ()
    ).data.items():
        setting = Table(entry, f"{table.where}: {name}", {"value", "origin", "label", "help"})
        values[name] = setting.data.get("value")
        notes[name] = SettingNote(
            setting.member("origin", Origin), setting.labels("label"), setting.labels("help")
        )
    try:
        return settings_from(values), notes
    except (ValueError, DomainError) as error:
        raise ProfileFault(f"{table.where}: {error}") from error


def _task(entry: Mapping[str, Any], where: str) -> TaskDefinition:
    task = Table(entry, f"{where}: task", {"code", "label", "help"})
    return TaskDefinition(task.text("code"), task.labels("label"), task.labels("help"))


def _languages(table: Table) -> tuple[str, ...]:
    languages = table.data.get("languages")
    if not isinstance(languages, list) or sorted(languages) != sorted(LANGUAGES):
        raise ProfileFault(
            f"{table.where}: languages must be {', '.join(LANGUAGES)}, in the order to offer them"
        )
    return tuple(languages)


def _time_zone(table: Table) -> ZoneInfo:
    try:
        return ZoneInfo(table.text("time_zone"))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ProfileFault(f"{table.where}: there is no such time zone") from error


def _check(profile: Profile, where: str) -> None:
    if profile.ends_on < profile.starts_on:
        raise ProfileFault(f"{where}: the programme ends before it starts")
    if profile.default_language not in profile.languages:
        raise ProfileFault(f"{where}: default_language must be one of its languages")
    if len({task.code for task in profile.tasks}) != len(profile.tasks):
        raise ProfileFault(f"{where}: a task stands there twice")
    if profile.settings.minimum_tasks > len(profile.tasks):
        raise ProfileFault(f"{where}: more minimum_tasks than tasks")
