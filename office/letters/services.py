"""Writing a letter to many leaders: kept as a draft, tried on oneself, sent once, one mail each."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, insert, select

from accounts.models import User
from core import audit, clock, mail, storage
from core.database import db, table_of
from core.file_kinds import DOCUMENTS, MEGABYTE, check_file
from core.i18n import _, in_language
from core.long_work import LongWork, ask
from core.mail import one_line
from core.storage import StoredFile
from core.uploads import SentFile
from office.letters import placeholders
from office.letters.errors import NobodyToWriteTo, SentAlready, TooManyFiles
from office.letters.events import LetterEvent
from office.letters.models import Letter, LetterDelivery, LetterFile
from office.letters.queries import count_to_send
from office.reminding import Lacking, lacking
from partnerships.models import Partnership

SENDING = "letters.send"
"""The kind of long work that sends a letter to many."""
AT_ONCE = 50
"""Mails that are written in one transaction; more than this are not written while a page waits."""
MOST_FILES = 3
FILE_BYTES = 5 * MEGABYTE
"""Of one file: a mail with three of them still passes the mail servers of municipal offices."""


def draft_letter(
    *, subject: str, body: str, files: Sequence[SentFile], partnership_ids: Sequence[int], actor: User
) -> Letter:
    placeholders.check(subject, body)
    kinds = _checked(files)
    letter = Letter(author_id=actor.id, subject=subject, body=body)
    db.session.add(letter)
    db.session.flush()
    _keep_files(letter, files, kinds)
    rows = [{"letter_id": letter.id, "partnership_id": one} for one in partnership_ids]
    if rows:
        db.session.execute(insert(table_of(LetterDelivery)), rows)
    audit.record(
        LetterEvent.DRAFTED, letter, actor=actor, municipalities=len(rows), personal={"note": subject}
    )
    return letter


def change_letter(
    letter: Letter,
    *,
    subject: str,
    body: str,
    files: Sequence[SentFile],
    removed: Collection[int],
    actor: User,
) -> None:
    """``removed``: ids of files that go along no more."""
    _hold_draft(letter)
    placeholders.check(subject, body)
    kinds = _checked(files, already=sum(one.id not in removed for one in letter.files))
    before = {"subject": letter.subject, "body": letter.body}
    letter.subject, letter.body = subject, body
    for one in [one for one in letter.files if one.id in removed]:
        _remove_file(letter, one)
    _keep_files(letter, files, kinds)
    audit.record(
        LetterEvent.CHANGED,
        letter,
        actor=actor,
        personal={"before": before, "after": {"subject": subject, "body": body}},
    )


def _checked(files: Sequence[SentFile], *, already: int = 0) -> list[str]:
    """Their media types, each by its content."""
    if already + len(files) > MOST_FILES:
        raise TooManyFiles
    return [
        check_file(one.data, one.name, kinds=DOCUMENTS, most_bytes=FILE_BYTES).media_type for one in files
    ]


def _keep_files(letter: Letter, files: Sequence[SentFile], media_types: Sequence[str]) -> None:
    for sent, media_type in zip(files, media_types, strict=True):
        kept = storage.keep(sent.data, name=sent.name, media_type=media_type)
        letter.files.append(LetterFile(file=kept))
    db.session.flush()


def _remove_file(letter: Letter, one: LetterFile) -> None:
    file = one.file
    letter.files.remove(one)
    db.session.flush()
    if (
        db.session.scalar(select(mail.OutboxFile.mail_id).where(mail.OutboxFile.file_id == file.id).limit(1))
        is None
    ):
        storage.remove(file)  # else it went along with a test: the mail still needs it


def discard_letter(letter: Letter, *, actor: User) -> None:
    _hold_draft(letter)
    for one in list(letter.files):
        _remove_file(letter, one)
    audit.record(LetterEvent.DISCARDED, letter, actor=actor, personal={"note": letter.subject})
    db.session.execute(delete(LetterDelivery).where(LetterDelivery.letter_id == letter.id))
    db.session.delete(letter)


def _hold_draft(letter: Letter) -> None:
    """Of two who send it at once the second is refused."""
    db.session.execute(select(Letter.id).where(Letter.id == letter.id).with_for_update())
    db.session.refresh(letter)
    if not letter.is_draft:
        raise SentAlready


def text_for(letter: Letter, one: Lacking) -> tuple[str, str]:
    """Subject and text as this partnership's leader reads them."""
    language = one.leader.mail_language if one.leader else letter.author.mail_language
    with in_language(language):
        return one_line(placeholders.filled(letter.subject, one))[:200], placeholders.filled(letter.body, one)


def try_letter(letter: Letter, one: Lacking, *, actor: User) -> None:
    """The mail as this partnership's leader would get it, to oneself: in no partnership's file, as nobody got it."""
    subject, body = text_for(letter, one)
    _queue(
        letter,
        actor,
        about=None,
        subject=_("Test: %(subject)s", subject=subject),
        body=body,
        key=f"letter.test:{letter.id}:{actor.id}:{clock.now().isoformat()}",
    )


def send_letter(letter: Letter, *, actor: User) -> int:
    """One mail to each leader of today. What they were written stays with their partnership. Returns how many."""
    _hold_draft(letter)
    ids = delivery_ids(letter)
    told = deliver_some(letter, ids, actor=actor)
    if not told:
        raise NobodyToWriteTo
    letter.sent_at = clock.now()
    record_sent(letter, told, actor=actor)
    return told


def send_letter_later(letter: Letter, *, actor: User) -> LongWork:
    """For many: nobody waits for the page, and each leader gets it once whatever happens in between."""
    _hold_draft(letter)
    to_send = count_to_send(letter)
    if not to_send:
        raise NobodyToWriteTo
    letter.sent_at = clock.now()
    total = len(delivery_ids(letter))
    return ask(SENDING, about=about(letter), actor=actor, total=total, letter=letter.id)


def about(letter: Letter) -> str:
    """Under which its sending is one piece of work."""
    return f"letter:{letter.id}"


def delivery_ids(letter: Letter) -> list[int]:
    """In an order that stays."""
    of_letter = select(LetterDelivery.id).where(LetterDelivery.letter_id == letter.id)
    return list(db.session.scalars(of_letter.order_by(LetterDelivery.id)))


def deliver_some(letter: Letter, ids: Sequence[int], *, actor: User) -> int:
    """Of these deliveries, a mail to each partnership that is open and that somebody leads. Returns how many."""
    deliveries = list(
        db.session.scalars(
            select(LetterDelivery).where(LetterDelivery.id.in_(ids)).order_by(LetterDelivery.id)
        )
    )
    found = {one.partnership.id: one for one in lacking([one.partnership_id for one in deliveries])}
    told = [one for one in deliveries if not one.was_sent and _leads_open(found.get(one.partnership_id))]
    for delivery in told:
        _deliver(letter, delivery, found[delivery.partnership_id], actor=actor)
    return len(told)


def record_sent(letter: Letter, mails: int, *, actor: User) -> None:
    audit.record(LetterEvent.SENT, letter, actor=actor, mails=mails, personal={"note": letter.subject})


def _leads_open(one: Lacking | None) -> bool:
    """A partnership that was closed since the letter was begun gets none."""
    return one is not None and one.leader is not None and one.partnership.is_open


def _deliver(letter: Letter, delivery: LetterDelivery, one: Lacking, *, actor: User) -> None:
    leader = one.leader
    if leader is None:
        return
    delivery.subject, delivery.body = text_for(letter, one)
    delivery.recipient_id = leader.id
    key = f"letter:{letter.id}:{one.partnership.id}"
    _queue(letter, leader, about=one.partnership, subject=delivery.subject, body=delivery.body, key=key)
    audit.record(
        LetterEvent.WRITTEN_TO,
        delivery,
        actor=actor,
        story=one.partnership,
        letter_id=letter.id,
        personal={"note": delivery.subject},
    )


def _queue(
    letter: Letter, reader: User, *, about: Partnership | None, subject: str, body: str, key: str
) -> None:
    mail.queue(
        reader,
        "office/mail/letter",
        dedupe_key=key,
        reply_to=letter.author.mail_address,
        about=about,
        files=files_of(letter),
        urgent=True,
        subject=subject,
        body=body,
        writer=letter.author,
    )


def files_of(letter: Letter) -> list[StoredFile]:
    return [one.file for one in letter.files]
