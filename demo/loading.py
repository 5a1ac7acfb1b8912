"""Loading the demonstration: refused where anything real could be, else everything in one transaction."""

from datetime import date

from flask import g
from sqlalchemy import exists, or_, select

from accounts.models import User
from config import Config
from core import clock
from core.database import db
from core.i18n import in_language
from demo.advice import give_advice
from demo.animators import show_animators
from demo.annual import live_annual_plan, year_scripts
from demo.annual_shared import live_through_years
from demo.assessments import assess
from demo.belongings import keep_what_is_known
from demo.calendar import Calendar
from demo.cards import keep_work_cards
from demo.consultations import hold_visits
from demo.cover import assign_covers
from demo.earlier import take_over_earlier_records
from demo.errors import NotInProduction, NotPrepared, RealData
from demo.founding import found
from demo.gatherings import meet, send_handbooks
from demo.general import live_general_plan
from demo.handovers import hand_over
from demo.hours import use_up_hours
from demo.initiatives import follow_initiatives
from demo.knowledge import keep_catalogue
from demo.leaving import invite_newcomers, leader_leaves
from demo.long_work import ask_for_long_work
from demo.map_changes import propose_a_merger, rename_one
from demo.outbox import tidy_outbox
from demo.papers import sign_papers
from demo.phrases import keep_phrases
from demo.recordings import publish_recordings
from demo.reports import report_to_funder
from demo.seating import take_seats
from demo.subscriptions import tell_news
from demo.visits import agree_on_visits
from demo.webinars import hold_webinars
from partnerships.models import Partnership
from programme.models import Programme

YEARS = 3


def is_loaded() -> bool:
    return bool(db.session.scalar(select(exists().where(Programme.is_demo))))


def holds_anything() -> bool:
    """Anybody or any partnership: whoever entered them meant it."""
    somebody, something = exists(select(User.id)), exists(select(Partnership.id))
    return bool(db.session.scalar(select(or_(somebody, something))))


def load_demo(config: Config) -> None:
    """Fill the database; the caller commits. The clock stands still, so that everything is told from one moment."""
    if not config.is_demo:
        raise NotInProduction
    programme = db.session.scalar(select(Programme))
    if programme is None:
        raise NotPrepared
    if holds_anything():
        raise RealData
    now = clock.now()
    with in_language("pl"), clock.at(now):
        _make_demo(programme, Calendar(now))
        _tell(Calendar(now))
    _forget_programme()


def _make_demo(programme: Programme, calendar: Calendar) -> None:
    """Its years move with the calendar: there is something to do in a demonstration of any year."""
    programme.is_demo = True
    programme.starts_on = calendar.first_day
    programme.ends_on = date(calendar.first_year + YEARS - 1, 12, 31)
    db.session.flush()
    _forget_programme()


def _forget_programme() -> None:
    """It is read once in an application context, and has just changed."""
    g.pop("programme", None)


def _tell(calendar: Calendar) -> None:
    seats = take_seats(calendar)
    rename_one(seats)
    for seat in seats:
        found(seat)
    keep_what_is_known(seats)
    meet(seats)
    send_handbooks(seats, calendar)
    assign_covers(seats)
    for seat in seats:
        live_general_plan(seat)
        if seat.part.has_lost_leader:
            leader_leaves(seat)
    years = year_scripts(seats, calendar)
    for code, scripts in years.items():
        seat = next(seat for seat in seats if seat.code == code)
        for script in scripts:
            live_annual_plan(seat, script)
    live_through_years(seats, calendar)
    hand_over(seats, busy=set(years))
    show_animators(seats)
    invite_newcomers(seats)
    propose_a_merger(seats)
    sign_papers(seats)
    take_over_earlier_records(seats, calendar)
    hold_visits(seats)
    agree_on_visits(seats)
    give_advice(seats)
    use_up_hours(seats)
    keep_work_cards(seats)
    keep_phrases(seats, calendar)
    hold_webinars(seats, calendar)
    publish_recordings(seats, calendar)
    assess(seats)
    report_to_funder(seats)
    keep_catalogue(calendar)
    follow_initiatives(calendar)
    tell_news(calendar)
    ask_for_long_work(seats)
    tidy_outbox()
