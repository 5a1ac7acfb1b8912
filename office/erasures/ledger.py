"""A list of erasures outside the database: a copy that is restored brings people back, and this list knows whom.

It names nobody. Who was erased stands there as a hash under the installation's key; for an account the moment it was made
goes into it, so that somebody who gets the same number later is never taken for them.
"""

import hmac
import json
import logging
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import event

from accounts.models import User
from core import clock
from core.database import db
from office.erasures.forgetting import Subject
from office.erasures.models import ErasureRequest, PlaceDecision
from office.erasures.places import decisions_of

logger = logging.getLogger(__name__)

NAME = "erasures.txt"


@dataclass(frozen=True)
class Entry:
    who: str
    at: str
    words: tuple[tuple[str, str, int], ...] = ()
    """Table, column and record of each text in which the surname alone was replaced."""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def line(self) -> str:
        return json.dumps(asdict(self)) + "\n"


def entry_of(subject: Subject, request: ErasureRequest) -> Entry:
    replaced = [one.where for one in decisions_of(request) if one.decision is PlaceDecision.REPLACE]
    who = hash_of_person(subject.person) if subject.person else hash_of_guest(subject.address)
    return Entry(who, clock.now().isoformat(), tuple(replaced))


def hash_of_person(person: User) -> str:
    return _keyed("person", str(person.id), person.created_at.isoformat())


def hash_of_guest(address: str) -> str:
    return _keyed("guest", address.casefold())


def _keyed(*parts: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, "\0".join(("erasure", *parts)).encode(), sha256).hexdigest()


# --- The file -------------------------------------------------------------------------------------------


def ledger_file() -> Path:
    folder: Path = current_app.config["GROMADA"].data_dir
    return folder / NAME


def entries() -> dict[str, Entry]:
    """By the hash; the latest of each. A line that cannot be read is left where it is."""
    try:
        lines = ledger_file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {entry.who: entry for line in lines if (entry := _read(line)) is not None}


def _read(line: str) -> Entry | None:
    try:
        data = json.loads(line)
        words = tuple((str(table), str(field), int(key)) for table, field, key in data["words"])
        entry = Entry(str(data["who"]), str(data["at"]), words)
        _ = entry.moment
    except (ValueError, KeyError, TypeError):
        logger.warning("a line of %s cannot be read", NAME)
        return None
    return entry


def keep(entry: Entry) -> None:
    path = ledger_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(entry.line)
        file.flush()
        os.fsync(file.fileno())


def keep_after_commit(entry: Entry) -> None:
    """Once it is done for good: a list that names an erasure that was rolled back would carry it out later."""
    session, waiting = db.session(), [entry]

    def write(done: Any) -> None:
        if waiting and not done.in_nested_transaction():
            _keep_or_say(waiting.pop())

    def forget_it(_undone: Any) -> None:
        waiting.clear()

    event.listen(session, "after_commit", write)
    event.listen(session, "after_rollback", forget_it)


def _keep_or_say(entry: Entry) -> None:
    """The erasure itself is done; whoever runs the installation must hear that the list lacks it."""
    try:
        keep(entry)
    except OSError:
        logger.exception("%s could not be written: an erasure of today is not in it", NAME)
