"""What a letter may leave open and each reader gets filled in: ``{{gmina}}``. A fixed list, put in once and never looked at again.

This is no template language: a value that looks like a placeholder itself stays as it is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.formatting import day
from core.i18n import LazyString, _, _l
from office.letters.errors import ListInSubject, UnknownPlaceholder
from office.reminding import Lacking
from tasks.rules import TaskCode

WRITTEN = re.compile(r"\{\{([^{}]{0,60})\}\}")


@dataclass(frozen=True)
class Placeholder:
    names: tuple[str, ...]
    """In Polish, in English: both are understood in every letter."""
    label: LazyString
    value: Callable[[Lacking], str]


def _municipality(one: Lacking) -> str:
    return one.partnership.municipality.name


def _voivodeship(one: Lacking) -> str:
    return one.partnership.municipality.voivodeship.name


def _leader(one: Lacking) -> str:
    return one.leader.name if one.leader else "–"


def _animator(one: Lacking) -> str:
    animator = one.animator
    return animator.name if animator else "–"


def _tasks(one: Lacking) -> str:
    return _("%(settled)s of %(all)s", settled=one.tasks.settled, all=len(TaskCode))


def _missing(one: Lacking) -> str:
    lines = [
        " ".join((f"- {lack.task}:", lack.sentence, _("By %(day)s.", day=day(lack.by))))
        for lack in one.lacks()
    ]
    return "\n".join(lines) or _("All seven tasks are settled.")


MISSING = Placeholder(("braki", "missing"), _l("What the tasks still lack, as a list"), _missing)
PLACEHOLDERS = (
    Placeholder(("gmina", "municipality"), _l("Name of the municipality"), _municipality),
    Placeholder(("województwo", "voivodeship"), _l("Name of the voivodeship"), _voivodeship),
    Placeholder(
        ("partnerstwo", "partnership"), _l("Name of the partnership"), lambda one: one.partnership.name
    ),
    Placeholder(("lider", "leader"), _l("Name of the leader"), _leader),
    Placeholder(("animator",), _l("Name of the animator"), _animator),
    Placeholder(("zadania", "tasks"), _l("How many of the tasks are settled"), _tasks),
    MISSING,
)
BY_NAME: Mapping[str, Placeholder] = {name: one for one in PLACEHOLDERS for name in one.names}


def _name(found: re.Match[str]) -> str:
    return found[1].strip().casefold()


def check(subject: str, body: str) -> None:
    """Refused where a letter names what is not on the list."""
    for field, text in (("subject", subject), ("body", body)):
        unknown = [one[0] for one in WRITTEN.finditer(text) if _name(one) not in BY_NAME]
        if unknown:
            raise UnknownPlaceholder(sorted(set(unknown)), field)
    if any(BY_NAME[_name(one)] is MISSING for one in WRITTEN.finditer(subject)):
        raise ListInSubject


def filled(text: str, one: Lacking) -> str:
    """In the language in force."""
    return WRITTEN.sub(lambda found: BY_NAME[_name(found)].value(one), text)
