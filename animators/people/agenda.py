"""Leaves and covers in the calendars of those whom they concern, and of the office."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from flask import url_for

from accounts.models import User
from accounts.roles import Role
from animators.people.queries.leaves import Cover, covers_around
from core import clock
from core.agenda import Appointment, Group
from core.calendars import Entry
from core.i18n import _, _l, ngettext

COVER, LEAVE = _l("Cover"), _l("Leave")
NAMED = 3
"""More municipalities than these are counted."""


def covers_between(person: User, first: date, last: date) -> Iterator[Appointment]:
    """One for all municipalities that go over to the same person for the same days."""
    sees_all = person.holds(Role.OFFICE, clock.today())
    found = covers_around(person, first, last, everybody=sees_all)
    for _together, covers in groupby(found, key=lambda one: one.together):
        yield _appointment(person, list(covers))


def _appointment(person: User, covers: Sequence[Cover]) -> Appointment:
    one = covers[0]
    names = {"cover": one.covering.name, "name": one.away.name}
    if person.id == one.covering.id:
        kind, title, path = COVER, _("Cover for %(name)s", **names), url_for("partnerships.index")
    elif person.id == one.away.id:
        kind, title, path = LEAVE, _("Away, %(cover)s covers", **names), url_for("partnerships.index")
    else:
        kind, title = LEAVE, _("%(cover)s covers for %(name)s", **names)
        path = url_for("animators.show", person_id=one.away.id)
    concerned = {one.away.id: one.away.name, one.covering.id: one.covering.name}
    return Appointment(_entry(covers, title), kind, path, about=title, group=Group.LEAVE, animators=concerned)


def _entry(covers: Sequence[Cover], title: str) -> Entry:
    """Without a last day only the first one is known to be taken."""
    first = min((one.assignment for one in covers), key=lambda one: one.id)
    changed_at = max(one.assignment.updated_at for one in covers)
    return Entry(
        uid=f"cover-{first.id}",
        sequence=max(_changes(one) for one in covers),
        changed_at=changed_at,
        title=f"{title} ({_places(covers)})",
        begins=first.starts_on,
        ends=(first.ends_on or first.starts_on) + timedelta(days=1),
    )


def _changes(cover: Cover) -> int:
    """Seconds until the last change: it rises with each, and is 0 before the first."""
    return int((cover.assignment.updated_at - cover.assignment.created_at).total_seconds())


def _places(covers: Sequence[Cover]) -> str:
    names = [one.place for one in covers]
    if len(names) <= NAMED:
        return ", ".join(names)
    return ngettext("%(num)d municipality", "%(num)d municipalities", len(names))
