"""From somebody's wish to be erased to a record that names nobody: what they did stays counted, who they were does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, or_, select, update

from accounts.addresses import sign_in_name
from accounts.models import DismissedHint, MailLink, OneTimeToken, RoleGrant, SignInSession, User
from accounts.queries import person_by_email
from agenda.models import CalendarFeed
from animators.people.models import AnimatorProfile
from core import audit, clock, storage
from core.audit import AuditEvent, AuditPersonal
from core.database import db, table_of
from core.i18n import _
from core.mail import NOT_YET_SENT, MailStatus, OutboxMail
from core.mail_addresses import BouncedAddress
from office.board_views.models import BoardView
from office.erasures.errors import AskedAlready, NobodyFound, NotOneself, NotOpen, StillAtWork
from office.erasures.events import ErasureEvent
from office.erasures.models import ErasureRequest, ErasureStatus
from office.erasures.traces import Marks, take_away, traces
from partnerships.models import AnimatorAssignment, LeaderTerm
from phrases.models import Phrase, PhraseUse
from subscriptions.services import forget_person as forget_news
from webinars.registrations.models import GuestLink, WebinarRegistration


def enter(address: str, *, received_on: date, reason: str, actor: User) -> ErasureRequest:
    """For a person with an account, found by their e-mail, or for a guest by theirs."""
    address = sign_in_name(address)
    person = person_by_email(address)
    if person is not None and person.erased_at is not None:
        raise NobodyFound
    if person is None and not traces(Marks({address: ""})):
        raise NobodyFound
    same = ErasureRequest.user_id == person.id if person else ErasureRequest.address == address
    if db.session.scalar(select(ErasureRequest.id).where(same, ErasureRequest.status == ErasureStatus.OPEN)):
        raise AskedAlready
    request = ErasureRequest(
        user=person, address=None if person else address, received_on=received_on, reason=reason,
        status=ErasureStatus.OPEN, entered_by_id=actor.id,
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    audit.record(ErasureEvent.ENTERED, request, actor=actor, personal={"note": reason})
    return request


def refuse(request: ErasureRequest, *, reason: str, actor: User) -> None:
    _hold_open(request)
    _close(request, ErasureStatus.REFUSED, actor)
    audit.record(ErasureEvent.REFUSED, request, actor=actor, personal={"note": reason})


# --- Before it is done -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Preview:
    first: Sequence[str]
    """What has to be done first."""
    named_in: dict[str, int]
    """Table -> rows that will name nobody."""
    has_namesake: bool


def preview(request: ErasureRequest) -> Preview:
    person = request.user
    return Preview(what_is_first(person) if person else (), traces(_marks(request)), _has_namesake(person))


def what_is_first(person: User) -> list[str]:
    today = clock.today()
    said = []
    leads = select(LeaderTerm.id).where(
        LeaderTerm.user_id == person.id, or_(LeaderTerm.ends_on.is_(None), LeaderTerm.ends_on >= today)
    )
    if db.session.scalar(leads.limit(1)):
        said.append(_("They lead or deputise in a partnership. Hand it over or end the term first."))
    advises = select(AnimatorAssignment.id).where(
        AnimatorAssignment.animator_id == person.id,
        or_(AnimatorAssignment.ends_on.is_(None), AnimatorAssignment.ends_on >= today),
    )
    if db.session.scalar(advises.limit(1)):
        said.append(_("They advise a municipality. Give it to another animator first."))
    roles = select(RoleGrant.id).where(
        RoleGrant.user_id == person.id, or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today)
    )
    if db.session.scalar(roles.limit(1)):
        said.append(_("They hold a role for the whole programme. End it first."))
    return said


def _marks(request: ErasureRequest) -> Marks:
    person = request.user
    if person is None:
        address = request.address or ""
        names = db.session.scalars(
            select(WebinarRegistration.name).where(func.lower(WebinarRegistration.email) == address)
        ).all()
        return Marks.of(
            _neutral(request),
            name=next((one for one in names if one), ""),
            addresses={address},
            phone=None,
            is_only_one=True,
        )
    return Marks.of(
        _neutral(request),
        name=person.name,
        addresses=_addresses(request),
        phone=person.phone,
        is_only_one=not _has_namesake(person),
    )


def _addresses(request: ErasureRequest) -> set[str]:
    """All that are theirs: with each they may have registered or asked for news."""
    person = request.user
    known = (person.email, person.notification_email) if person else (request.address,)
    return {address for address in known if address}


def _neutral(request: ErasureRequest) -> str:
    """In the programme's language: it stands in records for good."""
    return f"Former person {request.user_id or f'G{request.id}'}"


def _has_namesake(person: User | None) -> bool:
    """Words that name somebody else as well must stay."""
    if person is None:
        return False
    other = select(User.id).where(User.sort_key == person.sort_key, User.id != person.id)
    return db.session.scalar(other.limit(1)) is not None


# --- Doing it --------------------------------------------------------------------------------------------


def erase(request: ErasureRequest, *, actor: User) -> None:
    """All of it in one transaction, and never for somebody who still has work in their hands."""
    _hold_open(request)
    person = request.user
    if person is not None:
        db.session.execute(select(User.id).where(User.id == person.id).with_for_update())
        db.session.refresh(person)
        if person.id == actor.id:
            raise NotOneself
        first = what_is_first(person)
        if first:
            raise StillAtWork(first)
    marks, neutral = _marks(request), _neutral(request)
    mails, seats = _forget_mails(request, marks), _forget_seats(request)
    forget_news(request.user_id, _addresses(request))
    if person is not None:
        _forget_account(person)
        _forget_own_history(person)
    named = take_away(marks)
    if person is not None:
        _make_nobody(person, neutral)
    request.address = request.reason = None
    request.outcome = {
        **named,
        "outbox_mail": mails + named.get("outbox_mail", 0),
        "webinar_registration": seats,
    }
    _close(request, ErasureStatus.DONE, actor)
    _empty_history(AuditEvent.record_kind == "erasure_request", AuditEvent.record_id == request.id)
    audit.record(ErasureEvent.DONE, request, actor=actor, records=sum(request.outcome.values()))


def _hold_open(request: ErasureRequest) -> None:
    db.session.execute(select(ErasureRequest.id).where(ErasureRequest.id == request.id).with_for_update())
    db.session.refresh(request)
    if request.status is not ErasureStatus.OPEN:
        raise NotOpen


def _close(request: ErasureRequest, status: ErasureStatus, actor: User) -> None:
    request.status, request.closed_at, request.closed_by_id = status, clock.now(), actor.id
    db.session.flush()


def _forget_mails(request: ErasureRequest, marks: Marks) -> int:
    """Mails to the person: that there were some stays. What has not gone out never will."""
    mine = or_(
        OutboxMail.to_address.in_(sorted(marks.instead)), OutboxMail.recipient_id == (request.user_id or -1)
    )
    waits = OutboxMail.status.in_((*NOT_YET_SENT, MailStatus.BUNDLED))
    db.session.execute(update(OutboxMail).where(mine, waits).values(status=MailStatus.STOPPED))
    emptied = {
        "to_address": "",
        "to_name": "",
        "body": "",
        "reply_to": None,
        "calendar": None,
        "list_unsubscribe": None,
    }
    found = db.session.scalars(update(OutboxMail).where(mine).values(emptied).returning(OutboxMail.id)).all()
    db.session.execute(delete(BouncedAddress).where(BouncedAddress.address.in_(sorted(marks.instead))))
    return len(found)


def _forget_seats(request: ErasureRequest) -> int:
    """That a seat was taken, and by how many of which group, stays counted."""
    written = {form for one in _addresses(request) for form in (sign_in_name(one), one.lower())}
    mine = or_(
        WebinarRegistration.user_id == (request.user_id or -1),
        func.lower(WebinarRegistration.email).in_(written),
    )
    ids = db.session.scalars(select(WebinarRegistration.id).where(mine)).all()
    db.session.execute(delete(GuestLink).where(GuestLink.registration_id.in_(ids)))
    for seat in db.session.scalars(select(WebinarRegistration).where(WebinarRegistration.id.in_(ids))):
        seat.access_needs, seat.access_note = [], None
        if seat.user_id is None:
            seat.forgotten_at, seat.email, seat.name = clock.now(), None, None
    db.session.flush()
    return len(ids)


def _forget_account(person: User) -> None:
    """Ways in, and what only they ever used."""
    for model in (SignInSession, OneTimeToken, MailLink, DismissedHint, CalendarFeed, PhraseUse):
        table = table_of(model)
        db.session.execute(delete(table).where(table.c.user_id == person.id))
    db.session.execute(delete(Phrase).where(Phrase.owner_id == person.id))
    db.session.execute(delete(BoardView).where(BoardView.owner_id == person.id))
    profile = db.session.scalar(select(AnimatorProfile).where(AnimatorProfile.user_id == person.id))
    if profile is not None:
        photo = profile.photo
        db.session.delete(profile)
        db.session.flush()
        if photo is not None:
            storage.remove(photo)


def _forget_own_history(person: User) -> None:
    _empty_history(AuditEvent.story_kind == "user", AuditEvent.story_id == person.id)


def _empty_history(*whose: object) -> None:
    """That it happened stays; the words about people go."""
    ids = select(AuditEvent.id).where(*whose)  # type: ignore[arg-type]  # conditions on the history
    db.session.execute(update(AuditPersonal).where(AuditPersonal.event_id.in_(ids)).values(data={}))


def _make_nobody(person: User, neutral: str) -> None:
    person.name, person.email = neutral, f"former-{person.id}@erased.invalid"
    person.notification_email = person.phone = person.best_time = person.password_hash = None
    person.is_active, person.wants_reminders, person.wants_news = False, False, False
    person.last_login_at, person.erased_at = None, clock.now()
    db.session.flush()
