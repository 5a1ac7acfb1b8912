"""Keeping phrases: added, changed, put away, and counted where they are used."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from core import audit, clock
from core.database import db, insert_into, refusing
from core.personal_data import personal_kinds
from core.text import clean, fold
from phrases.errors import NamesSomebody, NoSuchPlace, NothingToKeep, SameTitle
from phrases.events import PhraseEvent
from phrases.models import TEXT_LENGTH, TITLE_LENGTH, Phrase, PhraseKind, PhraseUse
from phrases.places import places
from phrases.queries import library, same_words


@dataclass(frozen=True)
class Wording:
    kind: PhraseKind
    title: str
    text: str
    place: str | None = None


def add_phrase(wording: Wording, *, owner: User | None, actor: User) -> Phrase:
    """``owner``: None for one that the office shares with everybody."""
    _check(wording)
    phrase = Phrase(owner=owner, **_values(wording))
    with refusing(SameTitle):
        db.session.add(phrase)
    words = {"after": {"text": phrase.text}}
    _remember(PhraseEvent.ADDED, phrase, actor=actor, after=_facts(phrase), personal=words)
    return phrase


def change_phrase(phrase: Phrase, wording: Wording, *, actor: User) -> None:
    _check(wording)
    before, old_text = _facts(phrase), phrase.text
    with refusing(SameTitle):
        for name, value in _values(wording).items():
            setattr(phrase, name, value)
    after = _facts(phrase)
    if before == after and old_text == phrase.text:
        return
    words = (
        {"before": {"text": old_text}, "after": {"text": phrase.text}} if old_text != phrase.text else None
    )
    _remember(PhraseEvent.CHANGED, phrase, actor=actor, before=before, after=after, personal=words)


def put_away(phrase: Phrase, *, actor: User) -> None:
    """It is offered no more; what was written with it stays as it is."""
    if phrase.put_away_at is None:
        phrase.put_away_at = clock.now()
        _remember(PhraseEvent.PUT_AWAY, phrase, actor=actor)


def bring_back(phrase: Phrase, *, actor: User) -> None:
    if phrase.put_away_at is not None:
        with refusing(SameTitle):
            phrase.put_away_at = None
        _remember(PhraseEvent.BROUGHT_BACK, phrase, actor=actor)


def keep_words(text: str, kind: PhraseKind, *, place: str | None = None, actor: User) -> Phrase | None:
    """What somebody just wrote becomes a phrase of their own; None where they have it already.

    Its title is how it begins; of two that begin alike the second gets a number.
    """
    text = clean(text)[:TEXT_LENGTH]
    if same_words(actor, kind, text) is not None:
        return None
    own = {
        one.title for one in library(actor, kind=kind) if one.phrase is not None and not one.phrase.is_shared
    }
    known = place if place in places() else None
    return add_phrase(Wording(kind, _title(text, own), text, known), owner=actor, actor=actor)


def count_uses(person: User, keys: Iterable[str]) -> None:
    """Each phrase that was put in, once; keys of nothing that is offered are passed over."""
    wanted = set(keys)
    known = {one.key for one in library(person)} if wanted else set()
    for key in sorted(wanted & known):
        row = insert_into(PhraseUse).values(user_id=person.id, phrase_key=key, times=1)
        db.session.execute(
            row.on_conflict_do_update(
                index_elements=[PhraseUse.user_id, PhraseUse.phrase_key], set_={"times": PhraseUse.times + 1}
            )
        )


def _title(text: str, taken: set[str]) -> str:
    title = shortened(text.split("\n", 1)[0])
    number, found = 1, title
    while found in taken:
        number += 1
        found = f"{title[: TITLE_LENGTH - 5]} ({number})"
    return found


def shortened(text: str, most: int = 60) -> str:
    """Up to the last whole word that fits."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,.;:')}…"


def _check(wording: Wording) -> None:
    if not clean(wording.text) or not clean(wording.title):
        raise NothingToKeep
    if any(True for part in (wording.title, wording.text) for _kind in personal_kinds(part)):
        raise NamesSomebody
    if wording.place is not None and wording.place not in places():
        raise NoSuchPlace


def _values(wording: Wording) -> dict[str, Any]:
    title, text = clean(wording.title), clean(wording.text)
    return {
        "kind": wording.kind,
        "title": title,
        "text": text,
        "place": wording.place if wording.kind is PhraseKind.REMARK else None,
        "search_text": fold(f"{title} {text}"),
    }


def _facts(phrase: Phrase) -> dict[str, Any]:
    return {"kind": phrase.kind.value, "title": phrase.title, "place": phrase.place}


def _remember(event: PhraseEvent, phrase: Phrase, *, actor: User, **details: Any) -> None:
    audit.record(event, phrase, actor=actor, **details)
