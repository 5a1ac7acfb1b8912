"""Recordings of the demonstration: most published, one late, one still in time, one that does not exist."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core import clock
from core.database import db
from core.text import slug
from core.uploads import SentFile
from demo.calendar import Calendar
from demo.seats import Seat
from demo.webinar_texts import PAST, SHORT
from webinars.recordings import services
from webinars.recordings.models import Captions, Recording
from webinars.recordings.services import Published
from webinars.recordings.watching import confirm_watched, watching

TAKES, ASKED_AFTER, WATCHED_AFTER = timedelta(days=5), timedelta(hours=1), timedelta(days=9)
MINUTES = 84
WATCHERS = 3

NOT_RECORDED = "Rekomendacje, które ktoś wykona"
WHY_NOT = "Program do nagrywania wyłączył się po kilku minutach i zauważyliśmy to dopiero na końcu."
INSTEAD = (
    "Prowadząca zebrała najważniejsze rady na jednej stronie. Ten temat wróci w kolejnym webinarium cyklu."
)
INSTEAD_LINK = "https://materialy.gromada.example/rekomendacje-na-jednej-stronie"

TRANSCRIPT = """Alicja Borowska: Dzień dobry Państwu. Przez najbliższą godzinę przejdziemy od pierwszego telefonu do pierwszego spotkania partnerstwa.

Najpierw: po co w ogóle partnerstwo? Żeby szkolenia w gminie nie zależały od jednej osoby. Biblioteka zna czytelników, szkoła ma salę i sprzęt, koło gospodyń wie, kto sam na zajęcia nie przyjdzie.

Marek Sitarz: Zacznijcie Państwo od listy pięciu organizacji, do których można zadzwonić dziś. Nie od pisma, tylko od rozmowy. Pismo przyjdzie później i będzie krótsze.

Alicja Borowska: Drugi krok to pierwsze spotkanie. Wystarczy godzina i trzy pytania: kogo uczymy, czego im trzeba, kto co może wnieść. Notatkę robi jedna osoba i wszyscy dostają ją tego samego dnia.

Marek Sitarz: A jeśli przejmują Państwo partnerstwo po kimś innym, proszę najpierw przeczytać plan i zadzwonić do każdego partnera. Ludzie pamiętają, kto do nich zadzwonił.

Alicja Borowska: Na koniec pytania. Zapisujemy wszystkie, a odpowiedzi dodamy do materiałów."""
CAPTIONS = """WEBVTT

00:00:03.000 --> 00:00:08.000
Dzień dobry, mówimy dziś o rozmowach z mieszkańcami.

00:00:08.000 --> 00:00:15.000
Nie trzeba wielkiej ankiety. Wystarczy piętnaście rozmów i trzy te same pytania.

00:01:10.000 --> 00:01:18.000
Zapisujmy słowa ludzi tak, jak padły. Dopiero potem nazywamy potrzebę.

00:02:25.000 --> 00:02:34.000
I na koniec ocena pilności: co się stanie, jeśli przez rok nic z tym nie zrobimy?
"""
QUESTIONS = {
    PAST[0].title: (
        "Od czego prowadzący radzą zacząć?", ["Od oficjalnego pisma", "Od rozmowy z pięcioma organizacjami", "Od zakupu sprzętu"], 1,
    ),
    PAST[2].title: (
        "Ile rozmów wystarczy na początek?", ["Piętnaście", "Sto pięćdziesiąt", "Ani jedna: wystarczą statystyki"], 0,
    ),
    PAST[4].title: (
        "Po czym poznać cel, który da się sprawdzić?",
        ["Jest krótki", "Mówi, ile osób i z jakiego poziomu na jaki", "Podoba się wszystkim", "Powtarza słowa programu"], 1,
    ),
}  # fmt: skip


def publish_recordings(seats: Sequence[Seat], calendar: Calendar) -> None:
    """What there is of each webinar that was: the two latest are still owed."""
    office = seats[0].office
    waiting = {PAST[-1].title, SHORT.title}
    for recording in _owed():
        title = recording.webinar.title
        if title in waiting:
            continue
        with clock.at(_after(recording, TAKES, calendar)):
            if title == NOT_RECORDED:
                services.give_up(
                    recording, reason=WHY_NOT, substitute=INSTEAD, link=INSTEAD_LINK, actor=office
                )
            else:
                services.publish(recording, _content(recording), actor=office)
        if title in QUESTIONS:
            _ask_and_answer(recording, seats, calendar, office)


def _owed() -> Sequence[Recording]:
    return db.session.scalars(
        select(Recording).options(joinedload(Recording.webinar, innerjoin=True)).order_by(Recording.due_on)
    ).all()


def _content(recording: Recording) -> Published:
    title = recording.webinar.title
    is_file = title == PAST[2].title
    return Published(
        url=f"https://filmy.gromada.example/{slug(title)}",
        minutes=MINUTES,
        captions=Captions.FILE if is_file else Captions.IN_VIDEO,
        captions_file=SentFile("napisy.vtt", CAPTIONS.encode()) if is_file else None,
        transcript=TRANSCRIPT if title == PAST[0].title else "",
        without_materials=not recording.webinar.materials,
    )


def _ask_and_answer(recording: Recording, seats: Sequence[Seat], calendar: Calendar, office: User) -> None:
    text, answers, right = QUESTIONS[recording.webinar.title]
    with clock.at(_after(recording, TAKES + ASKED_AFTER, calendar)):
        services.ask(recording, text=text, answers=answers, right_answer=right, actor=office)
    with clock.at(_after(recording, WATCHED_AFTER, calendar)):
        for person in _newcomers(recording, seats)[:WATCHERS]:
            confirm_watched(recording, right, actor=person)


def _newcomers(recording: Recording, seats: Sequence[Seat]) -> list[User]:
    """Those who were not there and led something on that day. The people of the sign-in page are left to answer themselves."""
    asked = (seat.leader for seat in seats[len(seats) // 2 :])
    people = {person.id: person for person in asked if watching(recording, person).may_answer}
    return list(people.values())


def _after(recording: Recording, so_long: timedelta, calendar: Calendar) -> datetime:
    return min(recording.webinar.ends_at + so_long, calendar.now)
