"""Twelve partnerships in awkward states, counted by hand: what tasks, board and report have to say of them.

It is 10 February 2027. The programme began in 2026, so plans of 2026 and 2027 are asked for; the last quarter of 2026 is
over. Of each partnership the comment says what is odd about it, and the table what follows.
"""

from datetime import UTC, date, datetime

import pytest

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core.database import db
from meetings.models import MeetingKind
from partnerships.models import Partnership, TermKind
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from plans.models import Plan, PlanEntry, PlanVersion, YearDeclaration
from plans.workflow import PlanStatus
from reporting.counting import figures_of
from reporting.rows import Span
from tasks.queries import tasks_of
from tasks.rules import TaskCode
from tasks.services import waive
from tests.make import Make
from tests.reporting.evidence import advise_on, meet
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarSeries, WebinarStatus
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration

NOW = datetime(2027, 2, 10, 11, 0, tzinfo=UTC)
LAST_QUARTER = Span(date(2026, 10, 1), date(2026, 12, 31))
D, P, N, W = "done", "in_progress", "not_started", "waived"

#             found meetings general annual visits remote webinars
EXPECTED = {
    "Anielin": (D, D, D, D, D, D, D),  # everything, the year 2027 declared and not written
    "Borki": (N, N, N, N, N, N, N),  # entered today, nothing else
    "Czarne": (D, P, N, N, N, N, N),  # nobody leads it since New Year; a meeting without the initiating one
    "Dobre": (D, D, N, N, W, N, W),  # let off visits and webinars
    "Elbląg": (P, N, P, N, N, N, N),  # one member left in December: two are too few; the plan was returned
    "Frysztak": (D, N, D, N, N, N, N),  # published before this system, as the records taken over say
    "Gać": (D, N, N, N, P, P, N),  # visit 1 void, visit 2 held; advice logged, and disputed
    "Hrubieszów": (D, N, N, N, N, N, D),  # the one who attended has handed over since
    "Izbica": (D, N, N, N, N, N, P),  # twenty minutes are too few; a seat for the next one
    "Janów": (
        D,
        P,
        N,
        P,
        N,
        N,
        N,
    ),  # a plan in use without a training; the initiating meeting is still to come
    "Kazanów": (D, N, N, P, N, N, N),  # a plan for 2026, none for 2027
}
CLOSED = "Lutowiska"
"""The twelfth went on in Anielin on 30 November: it is on no list any more, and of the last quarter no partnership."""


@pytest.fixture
def twelve(make, clock):
    clock.move_to(NOW)
    office = make.office()
    places = {name: _founded(make, name) for name in (*EXPECTED, CLOSED)}
    _whole(make, places["Anielin"])
    places["Borki"].founded_on, places["Borki"].status = None, PartnershipStatus.PLANNED
    _leaderless(make, places["Czarne"])
    for code in (TaskCode.VISITS, TaskCode.WEBINARS):
        waive(places["Dobre"], code, reason="As agreed", actor=office)
    _meetings(places["Dobre"])
    places["Elbląg"].members[0].left_on = date(2026, 12, 15)
    _general(places["Elbląg"], PlanStatus.RETURNED, published_at=None)
    _earlier(places["Frysztak"])
    _odd_advice(places["Gać"])
    _attended_by_former_leader(make, places["Hrubieszów"])
    _too_short(make, places["Izbica"])
    _annual(places["Janów"], 2026, training=False)
    meet(places["Janów"], date(2027, 3, 1), None, kind=MeetingKind.INITIATING)
    _annual(places["Kazanów"], 2026, training=True)
    _merged(places[CLOSED], places["Anielin"])
    db.session.commit()
    return places


def _founded(make: Make, name: str) -> Partnership:
    """On 12 January 2026 with three members, except Borki."""
    partnership = make.partnership(
        municipality=make.municipality(name), founded_on=date(2026, 1, 12), led=False, advised=False
    )
    for _ in range(0 if name == "Borki" else 3):
        make.member(partnership, joined_on=date(2026, 1, 12))
    return partnership


def _whole(make: Make, partnership: Partnership) -> None:
    leader = make.user()
    make.term(partnership, leader, kind=TermKind.LEADER, starts_on=date(2026, 1, 12))
    _meetings(partnership)
    _general(partnership, PlanStatus.PUBLISHED, published_at=datetime(2026, 10, 5, 8, tzinfo=UTC))
    _annual(partnership, 2026, training=True)
    db.session.add(YearDeclaration(partnership=partnership, year=2027, declared_on=date(2027, 1, 5)))
    advise_on(partnership, date(2026, 6, 1), Channel.VISIT, 240, ConsultationStatus.CONFIRMED, number=1)
    advise_on(partnership, date(2026, 11, 4), Channel.VISIT, 250, ConsultationStatus.CONFIRMED, number=2)
    advise_on(partnership, date(2026, 12, 2), Channel.PHONE, 35, ConsultationStatus.CONFIRMED)
    _attend(partnership, leader.id, _webinar(date(2026, 11, 18)), minutes=60)


def _meetings(partnership: Partnership) -> None:
    meet(partnership, date(2026, 2, 2), 11, kind=MeetingKind.INITIATING)
    meet(partnership, date(2026, 10, 20), 9)


def _leaderless(make: Make, partnership: Partnership) -> None:
    term = make.term(partnership, make.user(), kind=TermKind.LEADER, starts_on=date(2026, 1, 12))
    term.ends_on = date(2026, 12, 31)
    meet(partnership, date(2026, 12, 31), 5)


def _general(partnership: Partnership, status: PlanStatus, *, published_at: datetime | None) -> None:
    plan = Plan(
        uid=f"general-{partnership.id}", partnership=partnership, kind=PlanKind.GENERAL, year_from=2026,
        year_to=2028, template_version=1,
    )  # fmt: skip
    version = PlanVersion(
        plan=plan, number=1, status=status, status_since=NOW, published_at=published_at, content_hash="x",
        submitted_at=datetime(2026, 9, 28, 8, tzinfo=UTC), decided_at=datetime(2026, 10, 2, 8, tzinfo=UTC),
    )  # fmt: skip
    db.session.add_all([plan, version])


def _annual(partnership: Partnership, year: int, *, training: bool) -> None:
    plan = Plan(
        uid=f"annual-{partnership.id}-{year}", partnership=partnership, kind=PlanKind.ANNUAL, year_from=year,
        year_to=year, template_version=1,
    )  # fmt: skip
    version = PlanVersion(plan=plan, number=1, status=PlanStatus.IN_USE, status_since=NOW)
    sheet = "trainings" if training else "metadata"
    entry = PlanEntry(version=version, sheet=sheet, row_uid="row", position=1, values={})
    db.session.add_all([plan, version, entry])


def _earlier(partnership: Partnership) -> None:
    db.session.add(
        EarlierPlan(
            partnership=partnership, kind=PlanKind.GENERAL, year_from=2026, year_to=2028,
            status=EarlierStatus.PUBLISHED,
        )
    )  # fmt: skip


def _odd_advice(partnership: Partnership) -> None:
    advise_on(partnership, date(2026, 10, 8), Channel.VISIT, 200, ConsultationStatus.VOID, number=1)
    advise_on(partnership, date(2026, 10, 9), Channel.VISIT, 230, ConsultationStatus.HELD, number=2)
    advise_on(partnership, date(2026, 10, 9), Channel.CHAT, 15, ConsultationStatus.LOGGED)
    advise_on(partnership, date(2026, 10, 10), Channel.ONLINE, 45, ConsultationStatus.DISPUTED)


def _webinar(
    day: date, status: WebinarStatus = WebinarStatus.HELD, series: WebinarSeries | None = None
) -> Webinar:
    starts_at = datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
    webinar = Webinar(title=f"Webinar {day}", starts_at=starts_at, minutes=90, status=status, series=series)
    db.session.add(webinar)
    db.session.flush()
    return webinar


def _attend(partnership: Partnership, user_id: int, webinar: Webinar, *, minutes: int) -> None:
    db.session.add(
        Attendance(
            webinar=webinar, municipality=partnership.municipality, user_id=user_id, minutes=minutes,
            source=AttendanceSource.IMPORT,
        )
    )  # fmt: skip


def _attended_by_former_leader(make: Make, partnership: Partnership) -> None:
    former, now = make.user(), make.user()
    make.term(
        partnership, former, kind=TermKind.LEADER, starts_on=date(2026, 1, 12), ends_on=date(2026, 12, 10)
    )
    make.term(partnership, now, kind=TermKind.LEADER, starts_on=date(2026, 12, 11))
    _attend(partnership, former.id, _webinar(date(2026, 12, 10)), minutes=80)


def _too_short(make: Make, partnership: Partnership) -> None:
    leader = make.user()
    make.term(partnership, leader, kind=TermKind.LEADER, starts_on=date(2026, 1, 12))
    series = WebinarSeries(name="Mocni", slug="mocni", description="", min_minutes=30)
    db.session.add(series)
    _attend(partnership, leader.id, _webinar(date(2026, 12, 16), series=series), minutes=20)
    db.session.add(
        WebinarRegistration(
            webinar=_webinar(date(2027, 2, 24), WebinarStatus.ANNOUNCED, series), user_id=leader.id, language="pl",
            group=AudienceGroup.PARTICIPANT, status=RegistrationStatus.REGISTERED, asked_at=NOW,
        )
    )  # fmt: skip


def _merged(partnership: Partnership, heir: Partnership) -> None:
    partnership.status, partnership.closed_on = PartnershipStatus.CLOSED, date(2026, 11, 30)
    partnership.successor = heir
    for member in partnership.members:
        member.left_on = date(2026, 11, 30)


def test_the_seven_tasks_of_each(twelve):
    found = tasks_of([one.id for one in twelve.values()])

    said = {name: tuple(str(one) for one in found[twelve[name].id].statuses.values()) for name in EXPECTED}
    assert said == EXPECTED


def test_how_many_of_the_seven_are_settled(twelve):
    found = tasks_of([one.id for one in twelve.values()])

    assert {name: found[twelve[name].id].settled for name in EXPECTED} == {
        "Anielin": 7, "Borki": 0, "Czarne": 1, "Dobre": 4, "Elbląg": 0, "Frysztak": 2, "Gać": 1,
        "Hrubieszów": 2, "Izbica": 1, "Janów": 1, "Kazanów": 1,
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
        "plans_published": "1",  # Anielin; Frysztak was published before this system
        "review_days": "4",  # from Monday 28 September to Friday 2 October, decided in the quarter, both alike
        "visits_held": "2",  # Anielin's second and Gać's second, which has no report yet
        "visit_minutes": "250",  # only Anielin's is confirmed
        "remote_confirmed": "1",
        "remote_minutes": "35",
        "webinars": "3",  # 18 November, 10 and 16 December
        "webinar_people": "3",  # the short one too: it is a person who was there
        "handbooks": "0",
        "all_tasks": "1",  # Anielin
        "task_found": "9",  # all eleven less Borki and Elbląg
        "task_meetings": "2",  # Anielin and Dobre
        "task_general_plan": "2",  # Anielin and Frysztak
        "task_annual_plans": "1",  # Anielin
        "task_visits": "1",  # Anielin; Dobre is waived and has done none
        "task_remote": "1",  # Anielin
        "task_webinars": "2",  # Anielin and Hrubieszów
    }


def test_nothing_of_it_is_a_consultation_that_nobody_gave(twelve):
    """The fixture itself: what was void is there, and counts nowhere."""
    assert db.session.query(Consultation).filter_by(status=ConsultationStatus.VOID).count() == 1
