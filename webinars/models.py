"""Series of webinars, webinars, and who took part."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core import clock
from core.database import GIVEN_ONCE, Base, Timestamped, Versioned, one_of, only_one
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.storage import StoredFile
from core.text import words
from municipalities.models import Municipality


class WebinarStatus(LabelledEnum):
    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL
    ANNOUNCED = "announced", _l("Announced"), Tone.INFO
    MOVED = "moved", _l("Moved"), Tone.WARNING
    CANCELLED = "cancelled", _l("Cancelled"), Tone.NEUTRAL
    HELD = "held", _l("Held"), Tone.SUCCESS
    ARCHIVED = "archived", _l("Archived"), Tone.NEUTRAL


class WebinarForm(LabelledEnum):
    ONLINE = "online", _l("Online")
    ON_SITE = "on_site", _l("On site")

    @property
    def is_online(self) -> bool:
        return self is WebinarForm.ONLINE


def search_text(*texts: str) -> str:
    """Every word once, without accents."""
    return " ".join(dict.fromkeys(word for text in texts for word in words(text)))


SEARCHED = ("title", "presenters", "abstract", "co_organisers")


class WebinarSeries(Timestamped, Versioned, Base):
    """Webinars that belong together, such as "Mocni w partnerstwie", with rules of their own on what counts."""

    __tablename__ = "webinar_series"
    __table_args__ = (CheckConstraint("min_minutes >= 0", name="asks_for_some_minutes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    """Its place in public addresses; it stays when the name changes."""
    description: Mapped[str] = mapped_column(Text)
    introduction_id: Mapped[int | None] = mapped_column(ForeignKey("webinar.id", use_alter=True))
    """The webinar to begin with, which stands first."""
    position: Mapped[int] = mapped_column(default=0)
    min_minutes: Mapped[int] = mapped_column(default=0)
    """Whoever was there for less has not taken part; 0: being there is enough."""
    recording_counts: Mapped[bool] = mapped_column(default=True)
    """Watching the recording and answering one question is taking part."""
    ended_at: Mapped[datetime | None]

    introduction: Mapped["Webinar | None"] = relationship(foreign_keys=[introduction_id], post_update=True)

    @property
    def begins_with(self) -> "Webinar | None":
        """For everybody: a draft is nobody's business yet, and with one that was called off nobody begins."""
        first = self.introduction
        hidden = (WebinarStatus.DRAFT, WebinarStatus.CANCELLED)
        return first if first is not None and first.status not in hidden else None


class Webinar(Timestamped, Versioned, Base):
    """One webinar, or an event of others that is worth knowing of (``is_outside``): of that one nothing is run here."""

    __tablename__ = "webinar"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="lasts"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="has_room"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("webinar_series.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    """Its place in the series."""
    title: Mapped[str] = mapped_column(String(200))
    abstract: Mapped[str] = mapped_column(Text, default="")
    presenters: Mapped[str] = mapped_column(String(300), default="")
    co_organisers: Mapped[str] = mapped_column(String(300), default="")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    """Of one taken over often only the day is known: it stands there with noon."""
    minutes: Mapped[int]
    form: Mapped[WebinarForm] = mapped_column(one_of(WebinarForm), default=WebinarForm.ONLINE)
    place: Mapped[str] = mapped_column(String(200), default="")
    join_link: Mapped[str | None] = mapped_column(String(500))
    """Only whoever is registered gets it."""
    capacity: Mapped[int | None]
    """Seats; None: as many as come."""
    is_outside: Mapped[bool] = mapped_column(default=False)
    outside_link: Mapped[str | None] = mapped_column(String(500))
    """Where one registers with the organiser of an outside event."""
    explains: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Topics of help it answers (``core/help_links.py``), such as ``plan.needs``."""
    status: Mapped[WebinarStatus] = mapped_column(one_of(WebinarStatus))
    announced_at: Mapped[datetime | None]
    short_notice_reason: Mapped[str | None] = mapped_column(String(300))
    """Why it was announced, or moved, later than the programme asks for."""
    cancel_reason: Mapped[str | None] = mapped_column(String(300))
    moved_from: Mapped[datetime | None]
    """When it should have been, before it was moved the last time."""
    reconfirm_by: Mapped[datetime | None]
    """Until when those who registered for the old time say that they come at the new one."""
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    """Rises with every change that concerns a calendar, so that the entry there moves instead of being doubled."""
    held_at: Mapped[datetime | None]
    """When it was noted as held."""
    notice_days: Mapped[int | None]
    """Whole days from its announcement, or from a move, to its day: the fewest there ever were."""
    search_text: Mapped[str] = mapped_column(Text, default="")
    """What a search looks at: its words without accents."""
    taken_over: Mapped[bool] = mapped_column(default=False)

    series: Mapped[WebinarSeries | None] = relationship(foreign_keys=[series_id])
    materials: Mapped[list["WebinarMaterial"]] = relationship(
        order_by="WebinarMaterial.position, WebinarMaterial.id", cascade="all, delete-orphan"
    )

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_public(self) -> bool:
        """A draft is nobody's business yet."""
        return self.status is not WebinarStatus.DRAFT

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def calendar_uid(self) -> str:
        """The same for ever, whatever changes: a calendar moves the entry it has."""
        return f"webinar-{self.id}"


class WebinarMaterial(Timestamped, Base):
    """Slides, a handout, a page to read on."""

    __tablename__ = "webinar_material"
    __table_args__ = (
        CheckConstraint("(file_id IS NULL) <> (link IS NULL)", name="is_file_or_link"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(200))
    link: Mapped[str | None] = mapped_column(String(500))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    file_name: Mapped[str | None] = mapped_column(String(200))

    file: Mapped[StoredFile | None] = relationship()


class AttendanceSource(LabelledEnum):
    MANUAL = "manual", _l("Entered by hand")
    IMPORT = "import", _l("From a file")
    RECORDING = "recording", _l("By the recording")


class Attendance(Timestamped, Base):
    """Somebody took part. Who it was is known only where they have an account, or registered with an address.

    Each person stands there once for a webinar, and once for each municipality that they lead; of people whom nobody
    knows there is one count for each municipality, and one for all from elsewhere.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("people_count > 0", name="somebody_came"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="lasts"),
        Index("uq_attendance_person", "webinar_id", "municipality_id", "user_id", unique=True),
        only_one(
            "uq_attendance_elsewhere",
            "webinar_id",
            "user_id",
            where="municipality_id IS NULL AND user_id IS NOT NULL",
        ),
        only_one(
            "uq_attendance_registration", "webinar_id", "registration_id", where="registration_id IS NOT NULL"
        ),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinar.id"), index=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    """None: from elsewhere, which is counted apart."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("webinar_registration.id"), index=True)
    """Of a guest."""
    people_count: Mapped[int] = mapped_column(default=1)
    """A count, where nobody is named."""
    minutes: Mapped[int | None]
    source: Mapped[AttendanceSource] = mapped_column(one_of(AttendanceSource))
    taken_over: Mapped[bool] = mapped_column(default=False)

    webinar: Mapped[Webinar] = relationship()
    municipality: Mapped[Municipality | None] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def story(self) -> Any:
        return self.municipality or self.webinar
