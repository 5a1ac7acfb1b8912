"""Twelve partnerships in awkward states, counted by hand: their tasks, and the report of the last quarter of 2026."""

from datetime import date

from animators.consultations.models import Consultation, ConsultationStatus
from core.database import db
from reporting.counting import figures_of
from reporting.rows import Span
from tasks.queries import tasks_of

LAST_QUARTER = Span(date(2026, 10, 1), date(2026, 12, 31))
D, P, N, W = "done", "in_progress", "not_started", "waived"

#             found meetings general annual visits remote webinars
EXPECTED = {
    "Anielin": (D, D, D, D, D, D, D),
    "Borki": (N, N, N, N, N, N, N),
    "Czarne": (D, P, P, N, N, N, N),  # in review is in progress; a meeting without the initiating one
    "Dobre": (D, D, P, N, W, N, W),
    "Elbląg": (P, N, P, N, N, N, N),  # minutes taken over are no consultation
    "Frysztak": (D, N, D, N, N, N, N),
    "Gać": (D, N, P, N, P, P, N),  # the void visit counts for nothing, the disputed advice not yet
    "Hrubieszów": (D, N, P, N, P, N, D),
    "Izbica": (D, N, P, N, N, N, P),
    "Janów": (D, P, N, P, N, N, N),
    "Kazanów": (D, N, D, P, P, N, N),
}
CLOSED = "Lutowiska"


def test_the_seven_tasks_of_each(twelve):
    found = tasks_of([one.id for one in twelve.values()])

    said = {name: tuple(str(one) for one in found[twelve[name].id].statuses.values()) for name in EXPECTED}
    assert said == EXPECTED


def test_how_many_of_the_seven_are_settled(twelve):
    found = tasks_of([one.id for one in twelve.values()])

    assert {name: found[twelve[name].id].settled for name in EXPECTED} == {
        "Anielin": 7, "Borki": 0, "Czarne": 1, "Dobre": 4, "Elbląg": 0, "Frysztak": 2, "Gać": 1,
        "Hrubieszów": 2, "Izbica": 1, "Janów": 1, "Kazanów": 2,
    }  # fmt: skip


def test_the_years_that_lack_a_plan(twelve):
    found = tasks_of([one.id for one in twelve.values()])

    lacking = {name: found[twelve[name].id].missing_years for name in ("Anielin", "Janów", "Kazanów")}
    assert lacking == {"Anielin": [], "Janów": [2026, 2027], "Kazanów": [2027]}


def test_the_report_of_the_last_quarter(twelve):
    counted = {one.code: str(one.value) for one in figures_of(LAST_QUARTER)}

    assert counted == {
        "partnerships_standing": "10",  # twelve less Borki, and Lutowiska which was closed in November
        "partnerships_founded": "0",
        "members": "29",  # ten of three, less the one that left Elbląg
        "meetings": "3",  # Anielin and Dobre in October, Czarne on the last day
        "meeting_people": "23",  # 9 + 9 + 5
        "plans_published": "1",  # Anielin; Frysztak was published before this system, Kazanów in January
        "review_days": "4",  # from Monday 28 September to Friday 2 October, decided in the quarter, both alike
        "visits_held": "2",  # Anielin's second and Gać's second, which has no report yet and so no minutes
        "visit_minutes": "250",  # only Anielin's is confirmed
        "remote_confirmed": "1",
        "remote_minutes": "35",
        "webinars": "3",  # 18 November, 10 and 16 December
        "webinar_people": "3",  # the short one too: it is a person who was there
        "handbooks": "0",
        "all_tasks": "1",  # Anielin
        "task_found": "9",  # all eleven less Borki and Elbląg
        "task_meetings": "2",  # Anielin and Dobre
        "task_general_plan": "3",  # Anielin, Frysztak and Kazanów
        "task_annual_plans": "1",  # Anielin
        "task_visits": "1",  # Anielin; Dobre is waived and has done none
        "task_remote": "1",  # Anielin
        "task_webinars": "2",  # Anielin and Hrubieszów
    }


def test_nothing_of_it_is_a_consultation_that_nobody_gave(twelve):
    """The fixture itself: what was void is there, and counts nowhere."""
    assert db.session.query(Consultation).filter_by(status=ConsultationStatus.VOID).count() == 1
