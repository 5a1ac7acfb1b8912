"""Files of a partnership: sent, signed, replaced, removed. What is kept is the file byte for byte."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import select, update

from accounts.models import User
from accounts.policy import Permission, can
from core import audit, clock, storage
from core.database import aside, db
from core.file_kinds import DOCUMENTS, MEGABYTE, SIGNATURES, FileKind, check_file
from partnerships.behalf import acts_without_leader
from partnerships.files.errors import (
    EvidenceInPlace,
    FileGone,
    FileReplaced,
    OpensEvidence,
    SameFile,
    SignatureOfSignature,
    StaysEvidence,
)
from partnerships.files.events import FileEvent
from partnerships.files.models import Attachment, FileClass
from partnerships.files.signed_lists import is_signed_list
from partnerships.models import Partnership
from partnerships.services.shared import hold, iso
from programme.queries import the_programme

FILE_OF_ITS_OWN = (
    "file_id",
    "kind",
    "file_name",
    "size",
    "content_hash",
    "added_at",
    "added_by_id",
    "retain_until",
)
"""What goes along with a file when a newer one takes its place."""


def attach(
    partnership: Partnership,
    *,
    data: bytes,
    name: str,
    file_class: FileClass,
    title: str,
    actor: User,
) -> Attachment:
    """Keep a document. Refused, in a sentence, when its content is not what its name says."""
    kind = check_file(data, name, kinds=DOCUMENTS, most_bytes=most_bytes())
    hold(partnership)
    attachment = Attachment(
        partnership_id=partnership.id,
        file_class=file_class,
        title=title.strip() or storage.safe_name(name)[:200],
    )
    _put(attachment, kind, data=data, name=name, actor=actor)
    db.session.add(attachment)
    db.session.flush()
    _remember(FileEvent.ADDED, attachment, actor=actor, file_class=str(file_class))
    return attachment


def add_signature(attachment: Attachment, *, data: bytes, name: str, actor: User) -> Attachment:
    """Keep a signature that came as a file of its own beside what it signs, for those who may open that."""
    if attachment.signature_of_id is not None:
        raise SignatureOfSignature
    kind = check_file(data, name, kinds=SIGNATURES, most_bytes=most_bytes())
    _hold_current(attachment)
    signature = Attachment(
        partnership_id=attachment.partnership_id,
        file_class=attachment.file_class,
        title=attachment.title,
        signature_of_id=attachment.id,
    )
    _put(signature, kind, data=data, name=name, actor=actor)
    signature.retain_until = attachment.retain_until
    db.session.add(signature)
    db.session.flush()
    db.session.expire(attachment, ["signatures"])
    _remember(FileEvent.SIGNED, signature, actor=actor)
    return signature


def keep_signatures(attachment: Attachment, *, of: Attachment) -> None:
    """The content of ``of`` stands here from now on: what signs it lies beside it, for those who may open it here."""
    db.session.flush()
    db.session.execute(
        update(Attachment)
        .where(Attachment.signature_of_id == of.id)
        .values(
            signature_of_id=attachment.id,
            title=attachment.title,
            file_class=attachment.file_class,
            retain_until=attachment.retain_until,
        )
    )
    db.session.expire(attachment, ["signatures"])
    db.session.expire(of, ["signatures"])


def replace(attachment: Attachment, *, data: bytes, name: str, actor: User) -> Attachment:
    """Put a newer file in its place; the former one, with its signatures, stays to be read. Returns the former one."""
    if attachment.signature_of_id is not None:
        raise SignatureOfSignature
    kind = check_file(data, name, kinds=DOCUMENTS, most_bytes=most_bytes())
    _hold_current(attachment)
    if attachment.is_evidence and not can(actor, Permission.FILE_EDIT, attachment):
        raise EvidenceInPlace
    if sha256(data).hexdigest() == attachment.content_hash:
        raise SameFile
    former = Attachment(
        partnership_id=attachment.partnership_id,
        file_class=attachment.file_class,
        title=attachment.title,
        replaced_by_id=attachment.id,
        **{field: getattr(attachment, field) for field in FILE_OF_ITS_OWN},
    )
    db.session.add(former)
    db.session.flush()
    db.session.execute(
        update(Attachment)
        .where(Attachment.signature_of_id == attachment.id)
        .values(signature_of_id=former.id)
    )
    db.session.expire(attachment, ["signatures"])
    before = {"content_hash": attachment.content_hash}
    attachment.added_at = clock.now()
    _put(attachment, kind, data=data, name=name, actor=actor)
    db.session.flush()
    _remember(
        FileEvent.REPLACED,
        attachment,
        actor=actor,
        before=before,
        after={"content_hash": attachment.content_hash},
    )
    return former


def change(
    attachment: Attachment,
    *,
    title: str,
    file_class: FileClass,
    actor: User,
    is_sure: bool = False,
) -> None:
    """Another title, or other people who may open it: its signatures and its former files go with it.

    Evidence is opened to more people only where somebody ``is_sure``, and a signed list never is.
    """
    _hold_current(attachment)
    if file_class not in (attachment.file_class, FileClass.EVIDENCE):
        _check_opens(attachment, is_sure=is_sure)
    before = {"file_class": str(attachment.file_class), "retain_until": iso(attachment.retain_until)}
    former_title = attachment.title
    attachment.title = title
    if file_class is not attachment.file_class:
        for one in _family(attachment):
            last_day = retain_until(file_class, clock.local(one.added_at).date())
            one.file_class, one.retain_until = file_class, last_day
    after = {"file_class": str(attachment.file_class), "retain_until": iso(attachment.retain_until)}
    if before == after and former_title == title:
        return
    note = title if former_title == title else f"{former_title} → {title}"
    db.session.flush()
    _remember(
        FileEvent.CHANGED,
        attachment,
        actor=actor,
        note=note,
        before=before,
        after=after,
    )


def close_to(attachment: Attachment, file_class: FileClass, *, actor: User) -> None:
    """Before a newer scan is put there: what was made public is not for the newer one. Evidence stays evidence."""
    if not attachment.is_evidence:
        change(attachment, title=attachment.title, file_class=file_class, actor=actor)


def remove(attachment: Attachment, *, reason: str, actor: User) -> None:
    """Take the file away for good, with its signatures and what stood there before. That it was here stays."""
    _wait_for_others(attachment)
    if attachment.removed_on is not None:
        raise FileGone(attachment.removed_on)
    note = f"{attachment.title}: {reason}" if reason else attachment.title
    _take_away(_family(attachment), removed_by_id=actor.id)
    _remember(
        FileEvent.REMOVED,
        attachment,
        actor=actor,
        note=note,
        content_hash=attachment.content_hash,
    )


def expire(attachment: Attachment) -> bool:
    """Take a file away whose time is over; nobody does it, the rule does. May be asked twice."""
    _wait_for_others(attachment)
    if not is_due(attachment, clock.today()):
        return False
    _take_away([attachment, *_signatures_of(attachment)], removed_by_id=None)
    _remember(
        FileEvent.EXPIRED,
        attachment,
        actor=None,
        retain_until=iso(attachment.retain_until),
        content_hash=attachment.content_hash,
    )
    return True


def is_due(attachment: Attachment, today: date) -> bool:
    return attachment.is_kept and attachment.retain_until is not None and attachment.retain_until < today


def content_for(attachment: Attachment, *, reader: User) -> bytes:
    """The file for somebody who may open it. That personal data was opened is written down before it is given out."""
    if attachment.file is None:
        raise FileGone(attachment.removed_on or clock.today())
    data = storage.read(attachment.file)
    if attachment.is_evidence:
        with aside() as transaction:
            audit.record(
                FileEvent.OPENED,
                attachment,
                actor=reader,
                personal={"note": attachment.title},
                session=transaction,
            )
    return data


def retain_until(file_class: FileClass, added_on: date) -> date | None:
    """The end of the year so many years on; a class without a rule is kept with the partnership's other records."""
    settings = the_programme().settings
    is_evidence = file_class is FileClass.EVIDENCE
    years = settings.evidence_retention_years if is_evidence else settings.file_retention_years
    return date(added_on.year + years, 12, 31) if years else None


def most_bytes() -> int:
    return the_programme().settings.attachment_max_mb * MEGABYTE


def _check_opens(attachment: Attachment, *, is_sure: bool) -> None:
    if is_signed_list(attachment):
        raise StaysEvidence
    if attachment.is_evidence and not is_sure:
        raise OpensEvidence


def _put(attachment: Attachment, kind: FileKind, *, data: bytes, name: str, actor: User) -> None:
    file = storage.keep(data, name=name, media_type=kind.media_type)
    attachment.file = file
    attachment.kind, attachment.file_name = kind, file.name
    attachment.size, attachment.content_hash = len(data), file.blob_hash
    attachment.added_by_id = actor.id
    attachment.retain_until = retain_until(attachment.file_class, clock.today())


def _take_away(files: Sequence[Attachment], *, removed_by_id: int | None) -> None:
    for one in files:
        file, one.file = one.file, None
        one.removed_on, one.removed_by_id = clock.today(), removed_by_id
        db.session.flush()
        if file is not None:
            storage.remove(file)
    db.session.flush()


def _signatures_of(attachment: Attachment) -> Sequence[Attachment]:
    return db.session.scalars(
        select(Attachment).where(Attachment.signature_of_id == attachment.id, Attachment.removed_on.is_(None))
    ).all()


def _family(attachment: Attachment) -> list[Attachment]:
    """It, what stood in its place before, and the signatures of all of them, as far as they are still kept."""
    former = select(Attachment.id).where(Attachment.replaced_by_id == attachment.id)
    others = select(Attachment).where(
        Attachment.removed_on.is_(None),
        Attachment.id.in_(former)
        | (Attachment.signature_of_id == attachment.id)
        | Attachment.signature_of_id.in_(former),
    )
    return [attachment, *db.session.scalars(others)]


def _hold_current(attachment: Attachment) -> None:
    hold(attachment.partnership)
    db.session.refresh(attachment)
    if attachment.removed_on is not None:
        raise FileGone(attachment.removed_on)
    if attachment.replaced_by_id is not None:
        raise FileReplaced


def _wait_for_others(attachment: Attachment) -> None:
    """Also of a closed partnership a file may be removed: personal data outlives nothing."""
    held = select(Partnership.id).where(Partnership.id == attachment.partnership_id)
    db.session.execute(held.with_for_update(key_share=True))
    db.session.refresh(attachment)


def _remember(
    event: FileEvent,
    attachment: Attachment,
    *,
    actor: User | None,
    note: str | None = None,
    **data: Any,
) -> None:
    """A title is in people's own words, so it lies with what can be erased."""
    personal = {"note": note or attachment.title}
    on_behalf_of = acts_without_leader(attachment.partnership, actor) if actor else None
    audit.record(event, attachment, actor=actor, on_behalf_of=on_behalf_of, personal=personal, **data)
