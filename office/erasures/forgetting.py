"""What it takes to forget somebody: their mails, seats, letters, news, account, own history, and their name wherever it stands."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from accounts.addresses import sign_in_name
from accounts.models import DismissedHint, MailLink, OneTimeToken, SignInSession, User
from accounts.second_factor.models import RecoveryCode, SecondFactor
from agenda.models import CalendarFeed
from animators.people.models import AnimatorProfile
from core import clock, storage
from core.audit import AuditEvent, AuditPersonal
from core.database import db, table_of
from core.mail import NOT_YET_SENT, MailStatus, OutboxMail
from core.mail_addresses import BouncedAddress
from office.board_views.models import BoardView
from office.erasures.models import ErasureRequest
from office.erasures.surnames import NamedPerson
from office.erasures.traces import Marks, dialled, take_away
from office.letters.models import LetterDelivery
from phrases.models import Phrase, PhraseUse
from subscriptions.services import forget_person as forget_news
from webinars.registrations.models import GuestLink, WebinarRegistration
from webinars.registrations.services import leave_unasked


@dataclass(frozen=True)
class Subject:
    """Who is to be forgotten: a person with an account, or a guest by their address."""

    person: User | None
    address: str
    neutral: str
    """What stands in place of the name for good, so in one language."""

    @classmethod
    def of(cls, request: ErasureRequest) -> "Subject":
        neutral = f"Former person {request.user_id or f'G{request.id}'}"
        return cls(request.user, request.address or "", neutral)

    @property
    def user_id(self) -> int:
        return self.person.id if self.person else -1

    @property
    def name(self) -> str:
        if self.person:
            return self.person.name
        names = db.session.scalars(
            select(WebinarRegistration.name).where(func.lower(WebinarRegistration.email) == self.address)
        ).all()
        return next((one for one in names if one), "")

    @property
    def addresses(self) -> set[str]:
        """All that are theirs alone: with each they may have registered or asked for news."""
        person = self.person
        known = (person.email, self._own_notice_address) if person else (self.address,)
        return {address for address in known if address}

    @property
    def _own_notice_address(self) -> str | None:
        """None where notices go to a mailbox that somebody else with an account reads as well: what comes there is theirs."""
        address = self.person.notification_email if self.person else None
        if not address:
            return None
        reads_it = or_(User.email == address, User.notification_email == address)
        other = select(User.id).where(reads_it, User.id != self.user_id)
        return address if db.session.scalar(other.limit(1)) is None else None

    @property
    def _own_phone(self) -> str | None:
        """None for the line of an office that somebody else with an account answers as well."""
        phone = self.person.phone if self.person else None
        if not phone:
            return None
        others = select(User.phone).where(User.phone.is_not(None), User.id != self.user_id)
        theirs = {dialled(one) or one for one in db.session.scalars(others) if one}
        return None if (dialled(phone) or phone) in theirs else phone

    @property
    def named(self) -> NamedPerson:
        return NamedPerson(self.name)

    @property
    def has_namesake(self) -> bool:
        """Words that name somebody else as well must stay."""
        if self.person is None:
            return False
        other = select(User.id).where(User.sort_key == self.person.sort_key, User.id != self.person.id)
        return db.session.scalar(other.limit(1)) is not None

    @property
    def marks(self) -> Marks:
        return Marks.of(
            self.neutral,
            name=self.name,
            addresses=self.addresses,
            phone=self._own_phone,
            is_only_one=not self.has_namesake,
        )


def forget(subject: Subject) -> dict[str, int]:
    """Table -> rows that name nobody any more. Also for somebody a copy of the database brought back."""
    marks = subject.marks
    mails, seats = _forget_mails(subject), _forget_seats(subject)
    letters = _forget_letters(subject)
    forget_news(subject.user_id if subject.person else None, subject.addresses)
    if subject.person is not None:
        _forget_account(subject.person)
        _forget_own_history(subject)
    named = take_away(marks)
    if subject.person is not None:
        _make_nobody(subject.person, subject.neutral)
    return {
        **named,
        "outbox_mail": mails + named.get("outbox_mail", 0),
        "webinar_registration": seats,
        "board_letter_delivery": letters + named.get("board_letter_delivery", 0),
    }


def going(subject: Subject) -> dict[str, set[int]]:
    """Table -> rows whose words go whatever they say."""
    owned: dict[InstrumentedAttribute[int], ColumnElement[bool]] = {
        OutboxMail.id: _their_mails(subject),
        LetterDelivery.id: LetterDelivery.recipient_id == subject.user_id,
        AuditPersonal.event_id: AuditPersonal.event_id.in_(select(AuditEvent.id).where(*_own_story(subject))),
        Phrase.id: Phrase.owner_id == subject.user_id,
        BoardView.id: BoardView.owner_id == subject.user_id,
        AnimatorProfile.id: AnimatorProfile.user_id == subject.user_id,
    }
    return {
        key.property.columns[0].table.name: set(db.session.scalars(select(key).where(mine)))
        for key, mine in owned.items()
    }


def _own_story(subject: Subject) -> tuple[ColumnElement[bool], ...]:
    return AuditEvent.story_kind == "user", AuditEvent.story_id == subject.user_id


def _their_mails(subject: Subject) -> ColumnElement[bool]:
    """Members' addresses are kept as they were typed, and so are mails to them."""
    theirs = func.lower(OutboxMail.to_address).in_(_in_small_letters(subject))
    return or_(theirs, OutboxMail.recipient_id == subject.user_id)


def _in_small_letters(subject: Subject) -> list[str]:
    return sorted(address.lower() for address in subject.addresses)


def _forget_mails(subject: Subject) -> int:
    """Mails to the person: that there were some stays. What has not gone out never will."""
    mine = _their_mails(subject)
    named = subject.named
    for mail_id, said in db.session.execute(select(OutboxMail.id, OutboxMail.subject).where(mine)).all():
        unsaid = named.without(said, subject.neutral)
        if unsaid != said:
            db.session.execute(update(OutboxMail).where(OutboxMail.id == mail_id).values(subject=unsaid))
    waits = OutboxMail.status.in_((*NOT_YET_SENT, MailStatus.BUNDLED))
    db.session.execute(update(OutboxMail).where(mine, waits).values(status=MailStatus.STOPPED))
    emptied = {
        "to_address": "",
        "to_name": "",
        "body": "",
        "reply_to": None,
        "calendar": None,
        "list_unsubscribe": None,
        "last_error": None,
    }
    found = db.session.scalars(update(OutboxMail).where(mine).values(emptied).returning(OutboxMail.id)).all()
    db.session.execute(delete(BouncedAddress).where(BouncedAddress.address.in_(_in_small_letters(subject))))
    return len(found)


def _forget_letters(subject: Subject) -> int:
    """What the board's letters said to the person, as their mails: that they got one stays."""
    mine = LetterDelivery.recipient_id == subject.user_id
    emptied = {"subject": None, "body": None}
    return len(
        db.session.scalars(
            update(LetterDelivery).where(mine).values(emptied).returning(LetterDelivery.id)
        ).all()
    )


def _forget_seats(subject: Subject) -> int:
    """That a seat was taken, and by how many of which group, stays counted. One at a webinar to come is free for others."""
    written = {form for one in subject.addresses for form in (sign_in_name(one), one.lower())}
    mine = or_(
        WebinarRegistration.user_id == subject.user_id,
        func.lower(WebinarRegistration.email).in_(written),
    )
    in_order = (WebinarRegistration.webinar_id, WebinarRegistration.id)
    seats = db.session.scalars(select(WebinarRegistration).where(mine).order_by(*in_order)).all()
    ids = [seat.id for seat in seats]
    db.session.execute(delete(GuestLink).where(GuestLink.registration_id.in_(ids)))
    for seat in seats:
        leave_unasked(seat)
        seat.access_needs, seat.access_note = [], None
        if seat.user_id is None:
            seat.forgotten_at, seat.email, seat.name = clock.now(), None, None
    db.session.flush()
    return len(ids)


def _forget_account(person: User) -> None:
    """Ways in, and what only they ever used."""
    for model in (
        SignInSession,
        OneTimeToken,
        MailLink,
        DismissedHint,
        CalendarFeed,
        PhraseUse,
        RecoveryCode,
        SecondFactor,
    ):
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


def _forget_own_history(subject: Subject) -> None:
    empty_history(*_own_story(subject))


def empty_history(*whose: object) -> None:
    """That it happened stays; the words about people go."""
    ids = select(AuditEvent.id).where(*whose)  # type: ignore[arg-type]  # conditions on the history
    db.session.execute(update(AuditPersonal).where(AuditPersonal.event_id.in_(ids)).values(data={}))


def _make_nobody(person: User, neutral: str) -> None:
    person.name, person.email = neutral, f"former-{person.id}@erased.invalid"
    person.notification_email = person.phone = person.best_time = person.password_hash = None
    person.is_active, person.wants_reminders, person.wants_news = False, False, False
    person.last_login_at, person.erased_at = None, clock.now()
    db.session.flush()
