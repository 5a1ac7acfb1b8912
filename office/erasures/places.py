"""Texts in which the surname of somebody to be erased may stand, for the office to settle one by one."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, String, Table, Text, cast, or_, select, update

from core.database import db
from office.erasures.models import ErasurePlace, ErasureRequest, PlaceDecision
from office.erasures.surnames import Match, NamedPerson
from office.erasures.traces import KEPT, KEYS, Marks

MOST_PLACES = 200
"""So many unsettled ones at once; the next come when these are settled."""
MOST_SHOWN = 3
AROUND = 50

NO_WORDS = frozenset(
    {
        "bounced_address", "calendar_feed", "carried_training", "column_mapping", "erasure_place", "mail_link",
        "municipality_change", "municipality_change_unit", "municipality_code", "one_time_token", "register_import",
        "reporting_period", "sign_in_attempt", "sign_in_session", "subscriber", "subscription", "subscription_request",
        "training_move", "webinar_guest_link",
    }
)  # fmt: skip
"""Addresses, codes, hashes and official names: what whole addresses and names are taken out of, and no free text."""
NO_WORDS_IN = (
    "hash", "token", "uid", "_key", "key", "language", "kind", "template", "signature", "link", "url", "code", "type",
    "address", "email", "slug", "sheet", "fingerprint", "reference", "path",
)  # fmt: skip
"""How columns end that hold nothing people wrote."""
OTHERS = frozenset({("outbox_mail", "to_name"), ("webinar_registration", "name")})
"""Whole names of people: the person's own goes by itself, and any other is somebody else's."""
FOLDED = "search_text"
"""What a search looks at, in small letters: made of the row's own words, and it goes with them."""

PAGES: Mapping[str, tuple[str, str, str]] = {
    "advice_request": ("advice.of_partnership", "partnership_id", "partnership_id"),
    "animator_profile": ("animators.show", "person_id", "user_id"),
    "attachment": ("partnerships.files", "partnership_id", "partnership_id"),
    "board_letter": ("letters.show", "letter_id", "id"),
    "board_letter_delivery": ("letters.of_partnership", "partnership_id", "partnership_id"),
    "catalogue_item": ("offers.show", "item_id", "id"),
    "consultation": ("consultations.show", "consultation_id", "id"),
    "digest_issue": ("digests.show", "issue_id", "id"),
    "digest_item": ("digests.show", "issue_id", "issue_id"),
    "follow_up": ("consultations.show", "consultation_id", "consultation_id"),
    "initiative": ("initiatives.show", "initiative_id", "id"),
    "initiative_update": ("initiatives.show", "initiative_id", "initiative_id"),
    "leader_handover": ("progress.history", "partnership_id", "partnership_id"),
    "leader_term": ("progress.history", "partnership_id", "partnership_id"),
    "long_work": ("long_work.show", "work_id", "id"),
    "office_news": ("office_news.show", "news_id", "id"),
    "outbox_mail": ("mails.show", "mail_id", "id"),
    "partnership": ("progress.partnership", "partnership_id", "id"),
    "partnership_meeting": ("meetings.show", "meeting_id", "id"),
    "partnership_member": ("partnerships.members", "partnership_id", "partnership_id"),
    "plan_import": ("plans.show", "version_id", "version_id"),
    "record_import": ("intake.show", "import_id", "id"),
    "review_comment": ("plans.show", "version_id", "version_id"),
    "self_assessment": ("assessments.show", "assessment_id", "id"),
    "self_assessment_area": ("assessments.show", "assessment_id", "assessment_id"),
    "task_waiver": ("tasks.of_partnership", "partnership_id", "partnership_id"),
    "webinar": ("webinars.show", "webinar_id", "id"),
    "work_card": ("cards.show", "card_id", "id"),
    "work_card_line": ("cards.show", "card_id", "card_id"),
}
"""Where a record is seen: endpoint, name in its address, column that holds it. Others have no page of their own."""


@dataclass(frozen=True)
class Piece:
    """A part of a text around one word that may be the person."""

    before: str
    word: str
    after: str


@dataclass(frozen=True)
class Place:
    table: str
    field: str
    record_id: int
    pieces: tuple[Piece, ...]
    more: int
    """So many further words in the same text."""
    address: tuple[str, dict[str, int]] | None
    decision: PlaceDecision | None

    @property
    def where(self) -> tuple[str, str, int]:
        return self.table, self.field, self.record_id

    @property
    def name(self) -> str:
        """Of its field in the form."""
        return f"{self.table}.{self.field}.{self.record_id}"


def places_of(
    request: ErasureRequest, named: NamedPerson, marks: Marks, going: Mapping[str, Collection[int]]
) -> list[Place]:
    """Beside what goes by itself with the whole name, and the rows that are ``going`` anyway. Reads only."""
    decided = {one.where: one.decision for one in decisions_of(request)}
    found, left = [], 0
    for place in _found(named, marks, decided):
        if place.record_id in going.get(place.table, ()):
            continue
        left += place.decision is None
        if left > MOST_PLACES:
            break
        found.append(place)
    return found


def decisions_of(request: ErasureRequest) -> Sequence[ErasurePlace]:
    return db.session.scalars(
        select(ErasurePlace).where(ErasurePlace.request_id == request.id).order_by(ErasurePlace.id)
    ).all()


def replace_words(where: tuple[str, str, int], named: NamedPerson, neutral: str) -> bool:
    """Put the neutral name in place of each such word of one text. False where none is left, or the text is gone."""
    table = db.metadata.tables.get(where[0])
    if table is None or not _holds_free_text(table, table.columns.get(where[1])):
        return False
    key, column, folded = _key(table), table.columns[where[1]], table.columns.get(FOLDED)
    wanted = [column] if folded is None else [column, folded]
    row = db.session.execute(select(*wanted).where(key == where[2])).one_or_none()
    if row is None:
        return False
    values = {column.name: named.without(row[0], neutral)}
    if folded is not None:
        values[folded.name] = named.without(row[1], neutral.casefold(), any_case=True)
    changed = bool(values[column.name] != row[0])
    if changed:
        db.session.execute(update(table).where(key == where[2]).values(values))
    return changed


# --- Looking --------------------------------------------------------------------------------------------


def _found(
    named: NamedPerson, marks: Marks, decided: Mapping[tuple[str, str, int], PlaceDecision]
) -> Iterator[Place]:
    for table in db.metadata.sorted_tables if named.surnames else ():
        columns = [column for column in table.columns if _holds_free_text(table, column)]
        if not columns:
            continue
        seen = PAGES.get(table.name)
        further = [table.columns[seen[2]].label("seen_at")] if seen else []
        rows = db.session.execute(
            select(_key(table).label("key_of_place"), *further, *columns)
            .where(or_(*(_may_hold(column, named) for column in columns)))
            .order_by(_key(table))
        )
        for row in rows:
            page = (seen[0], {seen[1]: row.seen_at}) if seen and row.seen_at else None
            for column in columns:
                pieces = [*_pieces(marks.within(row._mapping[column]), named)]
                if pieces:
                    where = (table.name, column.name, row.key_of_place)
                    shown, more = tuple(pieces[:MOST_SHOWN]), max(0, len(pieces) - MOST_SHOWN)
                    yield Place(*where, shown, more, page, decided.get(where))


def _key(table: Table) -> Column[Any]:
    (key,) = table.primary_key.columns
    return key


def _holds_free_text(table: Table, column: Column[Any] | None) -> bool:
    if column is None or table.name in KEPT | NO_WORDS or len(table.primary_key.columns) != 1:
        return False
    is_words = isinstance(column.type, String | Text | JSON) and not column.primary_key
    is_free = column.name not in KEYS | {FOLDED} and not column.name.endswith(NO_WORDS_IN)
    return is_words and is_free and (table.name, column.name) not in OTHERS


def _may_hold(column: Column[Any], named: NamedPerson) -> Any:
    """Roughly, for the database; the words are looked at one by one afterwards. JSON may escape letters."""
    text = cast(column, String) if isinstance(column.type, JSON) else column
    options = {*named.beginnings, *(json.dumps(one)[1:-1] for one in named.beginnings)}
    return or_(*(text.contains(one, autoescape=True) for one in sorted(options)))


def _pieces(value: Any, named: NamedPerson) -> Iterator[Piece]:
    for text in _texts(value):
        for match in named.matches(text):
            yield _piece(text, match)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


def _piece(text: str, match: Match) -> Piece:
    start, end = max(0, match.start - AROUND), match.end + AROUND
    before = ("…" if start else "") + text[start : match.start]
    after = text[match.end : end] + ("…" if end < len(text) else "")
    return Piece(before, text[match.start : match.end], after)
