"""Visits that were held: reported, confirmed or disputed, and what was agreed in them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from animators.consultations import services
from animators.consultations.models import Channel, Consultation, ConsultationStatus, FollowUp, Side
from animators.consultations.services import Promise, Report
from animators.consultations.services.confirming import confirm_if_lapsed
from core import clock
from core.database import db
from demo.cast import HOME
from demo.chance import Chance
from demo.gatherings import PLACES
from demo.seats import Seat

VISITS = (
    (
        ("partnership", "diagnosis"),
        "Przejrzeliśmy potrzeby mieszkańców i policzyliśmy, ile osób zna podstawy. Partnerzy podzielili między siebie rozmowy w sołectwach.",
    ),
    (
        ("general_plan", "workbook"),
        "Wypełniliśmy razem dwa pierwsze arkusze formatki. Cele zapisano tak, żeby dało się je zmierzyć.",
    ),
    (
        ("annual_plan", "recruitment"),
        "Ustaliliśmy terminy szkoleń na pół roku i sposób dotarcia do osób, które rzadko wychodzą z domu.",
    ),
)
STEPS = (
    ("Przesłać listę sal z dostępem bez barier", Side.LEADER),
    ("Zapytać szkołę o osobę prowadzącą", Side.LEADER),
    ("Przesłać dwa przykłady planów podobnych gmin", Side.ANIMATOR),
    ("Sprawdzić, czy ulotki są w prostym języku", Side.ANIMATOR),
)
NOT_SO = "Spotkanie trwało dwie godziny, a nie cztery: po dziesiątej biblioteka była zamknięta."
OTHERS, BY_ITSELF, ENOUGH = 45, 25, 45
"""Per cent of the other animators' municipalities; per cent that confirm themselves; days since the founding."""


def hold_visits(seats: Sequence[Seat]) -> None:
    """``animator@`` has visited most, and owes one report; at home the first one waits for ``leader@``."""
    home = next(seat for seat in seats if seat.code == HOME)
    taken = set(
        db.session.scalars(select(Consultation.municipality_id).where(Consultation.channel == Channel.VISIT))
    )
    fitting = [
        seat
        for seat in seats
        if seat.founded > ENOUGH and _is_led(seat) and seat.municipality.id not in taken
    ]
    mine = [seat for seat in fitting if seat.animator is home.animator and seat is not home]
    for seat in fitting:
        chance = seat.chance("visits")
        if seat is home:
            _at_home(seat, chance)
        elif mine[:1] == [seat]:
            _owed(seat, chance)
        elif mine[1:2] == [seat]:
            _disputed(seat, chance)
        elif seat in mine or chance.happens(OTHERS):
            visit = _reported(seat, 1, chance.whole(12, min(seat.founded - 20, 100)), chance)
            if visit is not None:
                _confirmed(visit, seat, chance)


def _is_led(seat: Seat) -> bool:
    return seat.leader.id in seat.partnership.leader_ids(seat.calendar.today)


def _at_home(seat: Seat, chance: Chance) -> None:
    first = _reported(seat, 1, 5, chance)
    if first is not None:
        first.follow_ups += [
            FollowUp(text=STEPS[0][0], owner=Side.LEADER, due_on=seat.calendar.day(1)),
            FollowUp(text=STEPS[1][0], owner=Side.LEADER, due_on=seat.calendar.today + timedelta(days=12)),
            FollowUp(text=STEPS[2][0], owner=Side.ANIMATOR, due_on=seat.calendar.day(2), done_on=seat.calendar.day(3)),
        ]  # fmt: skip


def _owed(seat: Seat, chance: Chance) -> None:
    """Held, and nobody has told of it yet."""
    visit = _agreed(seat, 1, seat.calendar.moment(3, chance), chance)
    visit.status = ConsultationStatus.HELD


def _disputed(seat: Seat, chance: Chance) -> None:
    visit = _reported(seat, 1, 6, chance)
    if visit is not None:
        with clock.at(seat.calendar.moment(2, chance)), seat.calendar.with_its_mails():
            services.dispute(visit, NOT_SO, actor=seat.leader, side=Side.LEADER)


def _reported(seat: Seat, number: int, days_ago: int, chance: Chance) -> Consultation | None:
    held_at = seat.calendar.moment(days_ago, chance).replace(minute=0)
    animator = seat.partnership.animator(clock.local(held_at).date())
    if animator is None:
        return None
    visit = _agreed(seat, number, held_at, chance)
    topics, summary = chance.one(VISITS)
    report = Report(
        started_at=held_at,
        minutes=chance.one((210, 225, 240, 240, 240, 255)),
        topics=topics,
        people_count=chance.whole(5, 18),
        summary=summary,
        follow_ups=_promises(clock.local(held_at).date(), chance) if seat.code != HOME else (),
    )
    with clock.at(held_at + timedelta(hours=6)), seat.calendar.with_its_mails():
        services.report_visit(visit, report, actor=animator)
    return visit


def _agreed(seat: Seat, number: int, starts_at: datetime, chance: Chance) -> Consultation:
    visit = Consultation(
        municipality=seat.municipality,
        animator=seat.partnership.animator(clock.local(starts_at).date()),
        channel=Channel.VISIT,
        visit_no=number,
        planned_start=starts_at,
        planned_minutes=240,
        place=chance.one(PLACES),
        calendar_uid=f"visit-{seat.code}-{number}",
        status=ConsultationStatus.AGREED,
        created_at=starts_at - timedelta(days=10),
    )
    db.session.add(visit)
    db.session.flush()
    return visit


def _promises(held_on: date, chance: Chance) -> list[Promise]:
    text, owner = chance.one(STEPS)
    return [Promise(text, owner, held_on + timedelta(days=chance.whole(14, 60)))]


def _confirmed(visit: Consultation, seat: Seat, chance: Chance) -> None:
    reported_at = visit.reported_at or clock.now()
    if chance.happens(BY_ITSELF):
        with clock.at(reported_at + timedelta(days=8)), seat.calendar.with_its_mails():
            confirm_if_lapsed(visit.id)
    else:
        with clock.at(reported_at + timedelta(days=2)), seat.calendar.with_its_mails():
            services.confirm(visit, actor=seat.leader, side=Side.LEADER)
