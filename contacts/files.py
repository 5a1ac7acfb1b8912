"""Contacts as cards for an address book, and as a workbook."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from contacts.kinds import ContactKind
from core.i18n import _, _l
from core.sheets import Column, Sheet
from core.vcards import Card, cards_file
from core.workbooks.export import write_sheets
from core.workbooks.kinds import Day, Text

_WORDS = Text(300)


class _Row(NamedTuple):
    name: str
    role: str
    function: str | None
    place: str | None
    region: str | None
    email: str | None
    phone: str | None
    best_time: str | None
    since: date | None


CONTACTS: Sheet[_Row] = Sheet(
    _Row,
    {
        "name": Column(_l("Name"), _WORDS),
        "role": Column(_l("Role"), _WORDS),
        "function": Column(_l("Function"), _WORDS, required=False),
        "place": Column(_l("Municipality"), _WORDS, required=False),
        "region": Column(_l("Voivodeship"), _WORDS, required=False),
        "email": Column(_l("E-mail address"), _WORDS, required=False),
        "phone": Column(_l("Phone"), _WORDS, required=False),
        "best_time": Column(_l("Best time to call"), _WORDS, required=False),
        "since": Column(_l("Since"), Day(), required=False),
    },
    name=_l("Contacts"),
)


def workbook(rows: Sequence[Any]) -> bytes:
    return write_sheets([CONTACTS.part([_row(row) for row in rows])])


def _row(row: Any) -> _Row:
    best_time = row.best_time if row.phone else None
    return _Row(
        row.name, role_of(row), function_of(row), row.place, row.region, row.email, row.phone, best_time, row.since
    )  # fmt: skip


def cards(rows: Iterable[Any]) -> bytes:
    return cards_file(_card(row) for row in rows)


def _card(row: Any) -> Card:
    return Card(
        uid=f"gromada-contact-{row.kind}-{row.id}",
        name=row.name,
        is_organisation=row.kind == ContactKind.MEMBER,
        email=row.email or "",
        phone=row.phone or "",
        title=", ".join(one for one in (role_of(row), function_of(row)) if one),
        organisation=row.organisation or "",
        note=", ".join(one for one in (row.place, _when_to_call(row)) if one),
    )


def _when_to_call(row: Any) -> str:
    return _("Best time to call: %(time)s", time=row.best_time) if row.phone and row.best_time else ""


def role_of(row: Any) -> str:
    return str(ContactKind(row.kind).label)


def function_of(row: Any) -> str | None:
    """Of a cover for whom; of others what they do in their organisation."""
    if row.kind == ContactKind.COVER and row.function:
        return _("for %(name)s", name=row.function)
    done: str | None = row.function or row.organisation
    return done
