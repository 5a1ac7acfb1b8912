"""Twelve partnerships in awkward states. What is odd about each stands beside it; what follows, the tests say.

It is noon on 10 February 2027 in Warsaw. The programme began in 2026 and ends on 31 March, so plans of 2026 and 2027 are
asked for, every visit should have been held since 3 February (eight weeks before the end), and the last quarter of 2026
is over. Nothing here is worked out: every day, minute and person is written down.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from accounts.models import User
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.models import BudgetAdjustment, Decision, HourBudget, LedgerEntry, LedgerKind, Pot
from core.database import db
from meetings.models import MeetingKind
from municipalities.models import MunicipalityKind
from partnerships.models import AssignmentKind, Partnership, TermKind
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from plans.models import Plan, PlanEntry, PlanVersion, YearDeclaration
from plans.workflow import PlanStatus
from tasks.rules import TaskCode
from tasks.services import waive
from tests.make import Make
from tests.reporting.evidence import advise_on, meet
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarSeries, WebinarStatus
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration

NOW = datetime(2027, 2, 10, 11, 0, tzinfo=UTC)
ENTERED = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
FOUNDED = date(2026, 1, 12)
PROGRAMME_ENDS = date(2027, 3, 31)
RURAL, URBAN, MIXED = MunicipalityKind.RURAL, MunicipalityKind.URBAN, MunicipalityKind.URBAN_RURAL
REGIONS = {
    "16": ("opolskie", "opolski"),
    "08": ("lubuskie", "żarski"),
    "28": ("warmińsko-mazurskie", "elbląski"),
}


@dataclass(frozen=True)
class Place:
    name: str
    region: str
    kind: MunicipalityKind
    population: int | None


PLACES = (
    Place("Anielin", "16", RURAL, 4_812),
    Place("Borki", "16", RURAL, None),
    Place("Czarne", "08", MIXED, 12_600),
    Place("Dobre", "08", RURAL, 9_999),
    Place("Elbląg", "28", URBAN, 114_000),
    Place("Frysztak", "16", RURAL, 10_000),
    Place("Gać", "08", RURAL, 4_999),
    Place("Hrubieszów", "28", URBAN, 17_000),
    Place("Izbica", "28", MIXED, 8_100),
    Place("Janów", "16", MIXED, 20_000),
    Place("Kazanów", "08", RURAL, 5_000),
    Place("Lutowiska", "16", RURAL, 2_000),
)
Twelve = dict[str, Partnership]


def twelve_partnerships(make: Make) -> Twelve:
    """By the names of their municipalities. The clock stands at ``NOW`` already."""
    make.programme.ends_on = PROGRAMME_ENDS
    ewa, jan = make.animator("Ewa Bąk"), make.animator("Jan Łoś")
    places = {one.name: _founded(make, one) for one in PLACES}
    _anielin(make, places["Anielin"], ewa)
    _borki(places["Borki"])
    _czarne(make, places["Czarne"], ewa)
    _dobre(make, places["Dobre"], ewa, jan)
    _elblag(make, places["Elbląg"], ewa)
    _frysztak(make, places["Frysztak"])
    _gac(make, places["Gać"], jan)
    _hrubieszow(make, places["Hrubieszów"], jan)
    _izbica(make, places["Izbica"], jan)
    _janow(make, places["Janów"], ewa)
    _kazanow(make, places["Kazanów"], ewa)
    _lutowiska(places["Lutowiska"], heir=places["Anielin"])
    db.session.commit()
    return places


def _founded(make: Make, place: Place) -> Partnership:
    """On 12 January 2026 with three members, and entered the same day."""
    region, county = REGIONS[place.region]
    there = make.county(county, voivodeship=make.voivodeship(region, code=place.region))
    municipality = make.municipality(place.name, kind=place.kind, county=there, population=place.population)
    partnership = make.partnership(municipality=municipality, founded_on=FOUNDED, led=False, advised=False)
    partnership.created_at = ENTERED
    for _ in range(0 if place.name == "Borki" else 3):
        make.member(partnership, joined_on=FOUNDED)
    return partnership


def _led(make: Make, partnership: Partnership, name: str, *, until: date | None = None) -> User:
    leader = make.user(name)
    make.term(partnership, leader, kind=TermKind.LEADER, starts_on=FOUNDED, ends_on=until)
    return leader


# --- One by one --------------------------------------------------------------------------------------------


def _anielin(make: Make, partnership: Partnership, ewa: User) -> None:
    """Did everything: the year 2027 is declared and not written; a new round of the public plan was begun in January.

    The second visit took ten minutes more than the pot held; they wait for the office. Silent since 2 December.
    """
    leader = _led(make, partnership, "Anna Wilk")
    make.assignment(partnership.municipality, ewa, starts_on=FOUNDED)
    _two_meetings(partnership)
    plan = _general(partnership)
    _version(
        plan, PlanStatus.PUBLISHED, at(2026, 10, 5), submitted=at(2026, 9, 28), decided=at(2026, 10, 2),
        published=at(2026, 10, 5), is_current=False,
    )  # fmt: skip
    _version(plan, PlanStatus.DRAFT, at(2027, 1, 20), number=2)
    _annual(partnership, 2026, training=True)
    db.session.add(YearDeclaration(partnership=partnership, year=2027, declared_on=date(2027, 1, 5)))
    confirmed = ConsultationStatus.CONFIRMED
    advise_on(partnership, date(2026, 6, 1), Channel.VISIT, 240, confirmed, number=1)
    advise_on(partnership, date(2026, 11, 4), Channel.VISIT, 250, confirmed, number=2)
    advise_on(partnership, date(2026, 12, 2), Channel.PHONE, 35, confirmed)
    db.session.flush()
    first, second, call = _advice_of(partnership)
    for visit in (first, second):
        visit.planned_start, visit.planned_minutes = visit.actual_start, 240
    second.over_budget_minutes = 10
    visits, remote = _budget(partnership, Pot.VISIT), _budget(partnership, Pot.REMOTE)
    _taken(visits, first, 240)
    _taken(visits, second, 240)
    _taken(remote, call, 35)
    _asked_for(visits, 10, Decision.PENDING, second)
    _attend(partnership, leader.id, _webinar(date(2026, 11, 18)), minutes=60)


def _borki(partnership: Partnership) -> None:
    """Entered today, and nothing else."""
    partnership.founded_on, partnership.status = None, PartnershipStatus.PLANNED
    partnership.created_at = NOW


def _czarne(make: Make, partnership: Partnership, ewa: User) -> None:
    """Nobody leads it since New Year; a meeting on the last day, and none that initiated it.

    The plan was handed over the day before and is in review for longer than ten working days.
    """
    _led(make, partnership, "Cezary Mak", until=date(2026, 12, 31))
    make.assignment(partnership.municipality, ewa, starts_on=FOUNDED)
    meet(partnership, date(2026, 12, 31), 5)
    _version(_general(partnership), PlanStatus.IN_REVIEW, at(2027, 1, 4), submitted=at(2026, 12, 30))


def _dobre(make: Make, partnership: Partnership, ewa: User, jan: User) -> None:
    """Let off visits and webinars; its animator is on leave in February. The plan was handed over on Friday."""
    _led(make, partnership, "Danuta Nowak")
    make.assignment(partnership.municipality, ewa, starts_on=FOUNDED)
    make.assignment(
        partnership.municipality, jan, kind=AssignmentKind.COVER, starts_on=date(2027, 2, 1),
        ends_on=date(2027, 2, 28),
    )  # fmt: skip
    office = make.office()
    for code in (TaskCode.VISITS, TaskCode.WEBINARS):
        waive(partnership, code, reason="As agreed", actor=office)
    _two_meetings(partnership)
    _version(_general(partnership), PlanStatus.SUBMITTED, at(2027, 2, 5), submitted=at(2027, 2, 5))


def _elblag(make: Make, partnership: Partnership, ewa: User) -> None:
    """One member left in December, so two are too few; the plan was returned in October, and nothing came since.

    Its animator stopped in January. Of the remote pot 100 minutes were used before this system; the office granted an
    hour more, and thirty minutes wait for it.
    """
    _led(make, partnership, "Edward Żak")
    make.assignment(partnership.municipality, ewa, starts_on=FOUNDED, ends_on=date(2027, 1, 31))
    partnership.members[0].left_on = date(2026, 12, 15)
    _version(
        _general(partnership), PlanStatus.RETURNED, at(2026, 10, 2), submitted=at(2026, 9, 28),
        decided=at(2026, 10, 2),
    )  # fmt: skip
    remote = _budget(partnership, Pot.REMOTE)
    db.session.add(
        LedgerEntry(budget=remote, minutes=100, kind=LedgerKind.OPENING, day=FOUNDED, taken_over=True)
    )
    _asked_for(remote, 60, Decision.GRANTED)
    _asked_for(remote, 30, Decision.PENDING)


def _frysztak(make: Make, partnership: Partnership) -> None:
    """Published before this system, as the records taken over say. A deputy, and a leader only from March on."""
    make.term(partnership, make.user("Filip Rak"), starts_on=FOUNDED)
    make.term(partnership, make.user("Feliks Duda"), kind=TermKind.LEADER, starts_on=date(2027, 3, 1))
    db.session.add(
        EarlierPlan(
            partnership=partnership, kind=PlanKind.GENERAL, year_from=2026, year_to=2028,
            status=EarlierStatus.PUBLISHED,
        )
    )  # fmt: skip


def _gac(make: Make, partnership: Partnership, jan: User) -> None:
    """The first visit is void and its minutes were given back; the second was held and nobody told of it yet.

    Advice is logged, and disputed: both count in the pot until it is decided. The plan is approved and not public.
    """
    _led(make, partnership, "Grażyna Ćwik")
    make.assignment(partnership.municipality, jan, starts_on=FOUNDED)
    advise_on(partnership, date(2026, 10, 8), Channel.VISIT, 200, ConsultationStatus.VOID, number=1)
    _visit(partnership, ConsultationStatus.HELD, at(2026, 10, 9), number=2)
    advise_on(partnership, date(2026, 10, 9), Channel.CHAT, 15, ConsultationStatus.LOGGED)
    advise_on(partnership, date(2026, 10, 10), Channel.ONLINE, 45, ConsultationStatus.DISPUTED)
    db.session.flush()
    void, _held, chat, online = _advice_of(partnership)
    visits, remote = _budget(partnership, Pot.VISIT), _budget(partnership, Pot.REMOTE)
    _taken(visits, void, 200)
    _taken(visits, void, -200)
    _taken(remote, chat, 15)
    _taken(remote, online, 45)
    _version(
        _general(partnership), PlanStatus.APPROVED, at(2027, 1, 20), submitted=at(2027, 1, 11),
        decided=at(2027, 1, 20),
    )  # fmt: skip


def _hrubieszow(make: Make, partnership: Partnership, jan: User) -> None:
    """The one who attended has handed over since. The first visit was held on Monday and is not reported."""
    former = _led(make, partnership, "Henryk Kos", until=date(2026, 12, 10))
    make.term(partnership, make.user("Helena Sroka"), kind=TermKind.LEADER, starts_on=date(2026, 12, 11))
    make.assignment(partnership.municipality, jan, starts_on=FOUNDED)
    _attend(partnership, former.id, _webinar(date(2026, 12, 10)), minutes=80)
    _visit(partnership, ConsultationStatus.HELD, at(2027, 2, 8), number=1)
    _version(_general(partnership), PlanStatus.DRAFT, at(2026, 11, 3))


def _izbica(make: Make, partnership: Partnership, jan: User) -> None:
    """Twenty minutes of a webinar are too few; there is a seat for the next one. The plan was approved last week."""
    leader = _led(make, partnership, "Iga Pająk")
    make.assignment(partnership.municipality, jan, starts_on=FOUNDED)
    series = WebinarSeries(name="Mocni", slug="mocni", description="", min_minutes=30)
    db.session.add(series)
    _attend(partnership, leader.id, _webinar(date(2026, 12, 16), series=series), minutes=20)
    db.session.add(
        WebinarRegistration(
            webinar=_webinar(date(2027, 2, 24), WebinarStatus.ANNOUNCED, series), user_id=leader.id, language="pl",
            group=AudienceGroup.PARTICIPANT, status=RegistrationStatus.REGISTERED, asked_at=NOW,
        )
    )  # fmt: skip
    _version(
        _general(partnership), PlanStatus.APPROVED, at(2027, 2, 1), submitted=at(2027, 1, 25),
        decided=at(2027, 2, 1),
    )  # fmt: skip


def _janow(make: Make, partnership: Partnership, ewa: User) -> None:
    """An annual plan in use without a training; the initiating meeting is still to come. Today its leader leads last."""
    _led(make, partnership, "Jerzy Lis", until=NOW.date())
    make.assignment(partnership.municipality, ewa, starts_on=FOUNDED)
    _annual(partnership, 2026, training=False)
    meet(partnership, date(2027, 3, 1), None, kind=MeetingKind.INITIATING)


def _kazanow(make: Make, partnership: Partnership, ewa: User) -> None:
    """Published in January; a plan for 2026 and none for 2027. A visit is agreed on, and one was called off."""
    _led(make, partnership, "Kamil Wróbel")
    make.assignment(partnership.municipality, ewa, starts_on=FOUNDED)
    _annual(partnership, 2026, training=True)
    _version(
        _general(partnership), PlanStatus.PUBLISHED, at(2027, 1, 8), submitted=at(2026, 12, 21),
        decided=at(2027, 1, 7), published=at(2027, 1, 8),
    )  # fmt: skip
    _visit(partnership, ConsultationStatus.AGREED, at(2027, 2, 20), number=1)
    _visit(partnership, ConsultationStatus.CANCELLED, at(2027, 1, 15), number=1)


def _lutowiska(partnership: Partnership, *, heir: Partnership) -> None:
    """Went on in Anielin on 30 November: it is on no list any more, and of the last quarter no partnership."""
    partnership.status, partnership.closed_on = PartnershipStatus.CLOSED, date(2026, 11, 30)
    partnership.successor = heir
    for member in partnership.members:
        member.left_on = date(2026, 11, 30)


# --- What they are made of ---------------------------------------------------------------------------------


def at(year: int, month: int, day: int) -> datetime:
    """Nine or ten in the morning there."""
    return datetime(year, month, day, 8, tzinfo=UTC)


def _two_meetings(partnership: Partnership) -> None:
    meet(partnership, date(2026, 2, 2), 11, kind=MeetingKind.INITIATING)
    meet(partnership, date(2026, 10, 20), 9)


def _general(partnership: Partnership) -> Plan:
    return Plan(
        uid=f"general-{partnership.id}", partnership=partnership, kind=PlanKind.GENERAL, year_from=2026,
        year_to=2028, template_version=1,
    )  # fmt: skip


def _version(
    plan: Plan,
    status: PlanStatus,
    since: datetime,
    *,
    number: int = 1,
    submitted: datetime | None = None,
    decided: datetime | None = None,
    published: datetime | None = None,
    is_current: bool = True,
) -> None:
    db.session.add(
        PlanVersion(
            plan=plan, number=number, status=status, status_since=since, submitted_at=submitted, decided_at=decided,
            published_at=published, is_current=is_current,
            content_hash=None if status is PlanStatus.DRAFT else "x",
        )
    )  # fmt: skip


def _annual(partnership: Partnership, year: int, *, training: bool) -> None:
    plan = Plan(
        uid=f"annual-{partnership.id}-{year}", partnership=partnership, kind=PlanKind.ANNUAL, year_from=year,
        year_to=year, template_version=1,
    )  # fmt: skip
    version = PlanVersion(plan=plan, number=1, status=PlanStatus.IN_USE, status_since=NOW)
    sheet = "trainings" if training else "metadata"
    entry = PlanEntry(version=version, sheet=sheet, row_uid="row", position=1, values={})
    db.session.add_all([plan, version, entry])


def _visit(partnership: Partnership, status: ConsultationStatus, planned: datetime, *, number: int) -> None:
    """One of which so far only the date that was agreed on is known."""
    db.session.add(
        Consultation(
            municipality=partnership.municipality, channel=Channel.VISIT, visit_no=number, status=status,
            planned_start=planned, planned_minutes=240, calendar_uid=f"visit-{planned:%Y%m%d}-{number}",
        )
    )  # fmt: skip


def _advice_of(partnership: Partnership) -> list[Consultation]:
    """In the order it was entered."""
    query = db.session.query(Consultation).filter_by(municipality_id=partnership.municipality_id)
    return query.order_by(Consultation.id).all()


def _budget(partnership: Partnership, pot: Pot) -> HourBudget:
    budget = HourBudget(municipality=partnership.municipality, pot=pot, granted_minutes=480)
    db.session.add(budget)
    db.session.flush()
    return budget


def _taken(budget: HourBudget, consultation: Consultation, minutes: int) -> None:
    kind = LedgerKind.CONSULTATION if minutes > 0 else LedgerKind.CORRECTION
    db.session.add(
        LedgerEntry(
            budget=budget, minutes=minutes, kind=kind, consultation_id=consultation.id, day=date(2026, 10, 8)
        )
    )


def _asked_for(
    budget: HourBudget, minutes: int, decision: Decision, consultation: Consultation | None = None
) -> None:
    db.session.add(
        BudgetAdjustment(
            budget=budget, minutes=minutes, decision=decision, reason="A long talk",
            consultation_id=consultation.id if consultation else None,
        )
    )  # fmt: skip


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
