"""Passwords: which are good enough, and how they are kept.

Hashing takes a tenth of a second and much memory on purpose. It is done while no transaction is open: SQLite would keep
every other writer waiting for it.
"""

import gzip
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accounts.errors import PasswordTooCommon, PasswordTooLong, PasswordTooPersonal, PasswordTooShort
from core.database import db
from core.text import fold

SHORTEST, LONGEST = 12, 200
COMMON = Path(__file__).with_name("data") / "common-passwords.txt.gz"
LOOKALIKES = str.maketrans("013457@$", "oieastas")

_hasher = PasswordHasher(time_cost=2, memory_cost=48 * 1024, parallelism=1)
_few_at_once = BoundedSemaphore(2)
"""So that many sign-ins at once take time, not memory."""


# --- Which are good enough -------------------------------------------------------------------------------


def check(password: str, *, personal: Iterable[str] = ()) -> None:
    """Refuse what is guessed first. ``personal`` are the names that an attacker would try for this very person."""
    text = _one_writing(password)
    if len(text) < SHORTEST:
        raise PasswordTooShort(SHORTEST)
    if len(text) > LONGEST:
        raise PasswordTooLong(LONGEST)
    if is_common(text):
        raise PasswordTooCommon
    if len(_without(words_of(*personal), text)) < SHORTEST:
        raise PasswordTooPersonal(SHORTEST)


def is_common(password: str) -> bool:
    """A known one, a known one with figures around it or twice in a row, a run like 123456, or the same few signs."""
    text = fold(password)
    if len(set(text)) < 5 or _is_run(text):
        return True
    guesses = set(_hearts(text))
    with gzip.open(COMMON, "rt", encoding="utf-8") as known:
        return any(line.rstrip("\n") in guesses for line in known)


def words_of(*texts: str) -> set[str]:
    """The words of names and addresses that are long enough to be recognised in a password."""
    return {word for text in texts for word in re.split(r"[\W_]+", fold(text)) if len(word) >= 4}


def _without(words: Iterable[str], password: str) -> str:
    rest = fold(password)
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest


def _hearts(text: str) -> Iterator[str]:
    """What a guesser would recognise in it."""
    for writing in (text, text.translate(LOOKALIKES)):
        yield writing
        half = len(writing) // 2
        if writing[:half] * 2 == writing:
            yield writing[:half]
    heart = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    if len(heart) >= 4:
        yield heart
        yield heart.translate(LOOKALIKES)


def _is_run(text: str) -> bool:
    steps = {ord(second) - ord(first) for first, second in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}  # after 9 comes 0


# --- How they are kept -----------------------------------------------------------------------------------


def hash_password(password: str) -> str:
    with _few_at_once:
        return _hasher.hash(_one_writing(password))


def hash_between_transactions(password: str) -> str:
    """The same inside a request, which ends its transaction for it: call it before anything is changed."""
    _let_go()
    return hash_password(password)


def matches_between_transactions(password: str, stored: str | None) -> bool:
    """Whether it is the password. Without one to compare with it takes just as long to say no."""
    _let_go()
    with _few_at_once:
        try:
            _hasher.verify(stored or _nobodys(), _one_writing(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """It was hashed with weaker settings than today's."""
    return _hasher.check_needs_rehash(stored)


def _let_go() -> None:
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("hash before anything is changed: the change would be lost")
    db.session.rollback()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


def _one_writing(password: str) -> str:
    """The same letters, however the keyboard composed them."""
    return unicodedata.normalize("NFC", password)
