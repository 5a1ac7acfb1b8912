"""Asking for phrases: what is offered where somebody writes, and what is in the library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from accounts.models import User
from core.database import db
from core.i18n import _l, language
from core.labels import LabelledEnum, Tone
from core.text import fold, sort_key, words
from phrases.models import Phrase, PhraseKind, PhraseUse
from phrases.places import places
from phrases.ready import ready_phrases


class Origin(LabelledEnum):
    OWN = "own", _l("My own"), Tone.INFO
    SHARED = "shared", _l("Shared by the office"), Tone.NEUTRAL
    PROGRAMME = "programme", _l("From the programme"), Tone.NEUTRAL


@dataclass(frozen=True)
class Offer:
    """A phrase as it is offered; ``phrase`` is None for one of the programme's file, which nobody changes here."""

    key: str
    kind: PhraseKind
    title: str
    text: str
    sheets: frozenset[str]
    origin: Origin
    times: int
    phrase: Phrase | None = None

    @property
    def place_titles(self) -> list[str]:
        known = places()
        return [known[key].in_language(language()) for key in sorted(self.sheets) if key in known]


def phrase_by_id(phrase_id: int) -> Phrase | None:
    return db.session.get(Phrase, phrase_id)


def phrases_for(person: User, kind: PhraseKind, sheet: str | None = None) -> list[Offer]:
    """What this person may put in here: most used first, then what is made for this part, then their own."""
    fitting = [
        one
        for one in library(person, kind=kind)
        if not one.sheets or (sheet is not None and sheet in one.sheets)
    ]
    return sorted(fitting, key=lambda one: (-one.times, not one.sheets))


def library(person: User, *, kind: PhraseKind | None = None, text: str = "") -> list[Offer]:
    """Everything this person has, shared ones and the programme's too, the most used first."""
    times = _times(person)
    offers = [*_kept(person, times, kind, text), *_ready(times, kind, text)]
    return sorted(offers, key=lambda one: -one.times)


def put_away(person: User, *, is_office: bool) -> Sequence[Phrase]:
    """What this person could bring back, the latest first."""
    return db.session.scalars(
        select(Phrase)
        .where(Phrase.put_away_at.is_not(None), _reach(person) if is_office else Phrase.owner_id == person.id)
        .order_by(Phrase.put_away_at.desc(), Phrase.id.desc())
    ).all()


def same_words(person: User, kind: PhraseKind, text: str) -> Phrase | None:
    """A phrase in reach that says just this."""
    return db.session.scalars(
        select(Phrase)
        .where(_reach(person), Phrase.put_away_at.is_(None), Phrase.kind == kind, Phrase.text == text)
        .limit(1)
    ).first()


def _reach(person: User) -> ColumnElement[bool]:
    return or_(Phrase.owner_id == person.id, Phrase.owner_id.is_(None))


def _times(person: User) -> Mapping[str, int]:
    rows = db.session.execute(
        select(PhraseUse.phrase_key, PhraseUse.times).where(PhraseUse.user_id == person.id)
    )
    return {row.phrase_key: row.times for row in rows}


def _kept(person: User, times: Mapping[str, int], kind: PhraseKind | None, text: str) -> list[Offer]:
    query = select(Phrase).where(_reach(person), Phrase.put_away_at.is_(None))
    if kind is not None:
        query = query.where(Phrase.kind == kind)
    for word in words(text):
        query = query.where(Phrase.search_text.contains(word, autoescape=True))
    found = [
        Offer(
            one.key,
            one.kind,
            one.title,
            one.text,
            frozenset({one.place} if one.place else ()),
            Origin.SHARED if one.is_shared else Origin.OWN,
            times.get(one.key, 0),
            one,
        )
        for one in db.session.scalars(query)
    ]
    return sorted(found, key=lambda one: (one.origin is not Origin.OWN, sort_key(one.title), one.key))


def _ready(times: Mapping[str, int], kind: PhraseKind | None, text: str) -> list[Offer]:
    code, sought = language(), words(text)
    found = []
    for one in ready_phrases():
        title, said = one.label.in_language(code), one.text.in_language(code)
        folded = fold(f"{title} {said}")
        if kind in (None, one.kind) and all(word in folded for word in sought):
            found.append(
                Offer(one.key, one.kind, title, said, one.sheets, Origin.PROGRAMME, times.get(one.key, 0))
            )
    return found
