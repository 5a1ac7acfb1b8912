"""Makes a country out of the demonstration: every partnership again and again, under other ids, codes and names."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Table, text

from core.database import db
from core.text import fold, slug, sort_key

STRIDE = 100_000
"""What lies between the ids of a record and of its copy."""
FIRST_FREE_CODE = 3500
"""Counties of the register are numbered below 36 and above 60, so no copy takes the code of a real municipality."""

COPIED = (
    "user", "role_grant", "municipality", "municipality_code", "municipality_name", "organisation", "partnership",
    "leader_term", "animator_assignment", "partnership_member", "plan", "plan_version", "plan_entry", "review_comment",
    "audit_event", "audit_personal", "partnership_meeting", "consultation", "hour_budget", "budget_adjustment",
    "ledger_entry", "webinar_registration", "attendance", "year_declaration", "task_waiver", "handbook_issue",
)  # fmt: skip

BEFORE_NAMES = (
    "", "Nowy", "Stary", "Mały", "Wielki", "Górny", "Dolny", "Biały", "Czarny", "Zielony", "Leśny", "Polny", "Suchy",
    "Mokry", "Wysoki", "Niski", "Cichy", "Jasny", "Ciemny", "Długi",
)  # fmt: skip

_IDS_WITHOUT_KEY = frozenset({"actor_id", "on_behalf_of_id", "record_id", "story_id"})
_CODE = "substr({0}, 1, 2) || printf('%04d', {1} + :copy * :places + {2})"
_SPECIAL: Mapping[tuple[str, str], str] = {
    ("user", "email"): "'m' || :copy || '.' || email",
    ("plan", "uid"): "substr(uid, 1, 36) || 'x' || :copy",
    ("review_comment", "uid"): "substr(uid, 1, 36) || 'x' || :copy",
    ("partnership_meeting", "calendar_uid"): "calendar_uid || :copy",
    ("consultation", "calendar_uid"): "calendar_uid || :copy",
    ("consultation", "entry_key"): "entry_key || :copy",
    ("webinar_registration", "email"): "'m' || :copy || '.' || email",
    ("municipality", "code"): _CODE.format("code", "id", FIRST_FREE_CODE) + " || substr(code, 7)",
    ("municipality_code", "code"): _CODE.format("code", "municipality_id", FIRST_FREE_CODE)
    + " || substr(code, 7)",
    ("municipality_code", "six_digits"): _CODE.format("code", "municipality_id", FIRST_FREE_CODE),
}
_WHICH = {"role_grant": "id < :stride AND role = 'animator'", "audit_personal": "event_id < :stride"}


def multiply(partnerships: int) -> None:
    """Until there are so many. The demonstration must be loaded; the caller commits."""
    connection = db.session.connection()
    triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _sql in triggers:  # they keep submitted plans as they are, from us as well
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    places = connection.scalar(text("SELECT count(*) FROM partnership")) or 0
    for copy in range(1, -(-partnerships // places)):
        for name in COPIED:
            _copy(connection, db.metadata.tables[name], copy, places)
    _name_places(connection)
    _name_people(connection)
    for _name, sql in triggers:
        connection.execute(text(sql))


def _copy(connection: Connection, table: Table, copy: int, places: int) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_value(column) for column in table.columns)
    which = _WHICH.get(table.name, "id < :stride")
    statement = f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM "{table.name}" WHERE {which}'  # noqa: S608 (names of our own tables)
    given: dict[str, Any] = {"copy": copy, "stride": STRIDE, "places": places, "shift": copy * STRIDE}
    used = {name: value for name, value in given.items() if f":{name}" in statement}
    connection.execute(text(statement), used)


def _value(column: Column[Any]) -> str:
    special = _SPECIAL.get((column.table.name, column.name))
    if special is not None:
        return special
    leads_to = {key.column.table.name for key in column.foreign_keys}
    moves = column.name == "id" or column.name in _IDS_WITHOUT_KEY or leads_to & set(COPIED)
    return f'"{column.name}" + :shift' if moves else f'"{column.name}"'


def _name_places(connection: Connection) -> None:
    found = connection.execute(
        text("SELECT id, name, code FROM municipality WHERE id > :stride"), {"stride": STRIDE}
    )
    named = []
    for key, name, code in found.all():
        full = f"{BEFORE_NAMES[key // STRIDE % len(BEFORE_NAMES)]} {name}"
        named.append(
            {
                "id": key,
                "name": full,
                "slug": slug(full),
                "key": sort_key(full),
                "words": fold(f"{full} {code}"),
            }
        )
    update = "UPDATE municipality SET name = :name, slug = :slug, sort_key = :key, search_text = :words WHERE id = :id"
    connection.execute(text(update), named)


def _name_people(connection: Connection) -> None:
    """First names stay, surnames move on by one from copy to copy."""
    found = connection.execute(text('SELECT id, name, email FROM "user" ORDER BY id')).all()
    originals = [name.rpartition(" ") for key, name, _email in found if key < STRIDE]
    named = []
    for position, (key, name, email) in enumerate(found):
        if key < STRIDE:
            continue
        first = name.rpartition(" ")[0]
        surname = originals[(position + 7 * (key // STRIDE)) % len(originals)][2]
        words = fold(f"{first} {surname} {email}")[:400]
        named.append(
            {"id": key, "name": f"{first} {surname}", "key": sort_key(f"{surname} {first}"), "words": words}
        )
    update = 'UPDATE "user" SET name = :name, sort_key = :key, search_text = :words WHERE id = :id'
    connection.execute(text(update), named)
