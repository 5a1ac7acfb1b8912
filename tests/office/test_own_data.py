"""A copy of one's own data: everything about the person, nothing of others, nothing that opens a door."""

import json
from io import BytesIO
from zipfile import ZipFile

from core import mail
from core.audit import AuditEvent
from core.database import db
from office.own_data.copies import PARTS
from phrases.models import Phrase, PhraseKind


def opened(data: bytes) -> dict[str, list[dict[str, object]]]:
    with ZipFile(BytesIO(data)) as archive:
        return {name.removesuffix(".json"): json.loads(archive.read(name)) for name in archive.namelist()}


def filled(make, mark: str):
    """Somebody who leads a partnership, with their mark wherever they write."""
    person = make.user(f"{mark} Nowak", email=f"{mark}@own.example", password="koza zielony rower 77")
    person.phone = f"+48 {mark}"
    make.partnership(leader=person)
    mail.queue(person, "accounts/mail/password_changed", dedupe_key=mark, actor=None)
    db.session.add(
        Phrase(
            owner_id=person.id,
            kind=PhraseKind.REMARK,
            title=f"{mark} title",
            text=f"{mark} text",
            search_text="x",
        )
    )
    db.session.commit()
    return person


def test_the_copy_holds_what_is_theirs_and_nothing_of_anybody_else(make, visit, clock):
    mine, other = filled(make, "zmine"), filled(make, "zother")

    page = visit(as_=mine).open("/account").follow("See your data").follow("Download your data")

    copy = opened(page.data)
    assert set(copy) == {part.name for part in PARTS}
    assert (copy["account"][0]["email"], copy["account"][0]["phone"]) == ("zmine@own.example", "+48 zmine")
    assert [len(copy[name]) for name in ("account", "leading", "own_phrases", "mails", "signed_in")] == [
        1,
        1,
        1,
        1,
        1,
    ]
    assert "zother" not in str(copy)
    assert other.email not in page.data.decode("latin-1")


def test_nothing_in_it_opens_a_door(make, visit, clock):
    mine = filled(make, "zmine")

    copy = str(opened(visit(as_=mine).open("/account/data/my-data.zip").data))

    assert mine.password_hash
    assert mine.password_hash not in copy
    assert not {"token_hash", "password_hash"} & set(copy.replace("'", " ").split())


def test_that_it_was_taken_is_remembered(make, visit, clock):
    mine = filled(make, "zmine")

    visit(as_=mine).open("/account/data/my-data.zip")

    (event,) = db.session.query(AuditEvent).filter_by(event="erasure.copied").all()
    assert (event.actor_id, event.record_id) == (mine.id, mine.id)


def test_a_stranger_gets_none(visit):
    assert visit().open("/account/data/my-data.zip").title.startswith("Sign in")
