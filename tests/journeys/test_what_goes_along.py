"""A municipality ends: its hours, consultations, handbooks and webinars go where its partnership goes on, and come back."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.balances import Balance, balances_of, balances_with_usual
from animators.hours.models import HourBudget, LedgerEntry, LedgerKind, Pot
from core.audit import AuditEvent
from core.database import Base, db
from handbooks.models import HandbookEdition, HandbookIssue
from municipalities import followers
from municipalities.change_errors import NewerExists
from municipalities.models import Municipality, MunicipalityChange
from municipalities.services.changing import Part, apply_change, decide, draft_change, undo_change
from municipalities.workflow import ChangeKind
from tests.municipalities.ostrowice import DRAWSKO, OSTROWICE, ZLOCIENIEC, Drawsko, unit
from webinars.attendance import reports
from webinars.attendance.models import AttendanceReport
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarStatus
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration

TODAY = date(2026, 4, 15)
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
TABLES = ("consultation", "handbook_issue", "attendance", "webinar_registration")


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def drawsko(make) -> Drawsko:
    return Drawsko(make)


def used(place: Municipality, pot: Pot, minutes: int, *, granted: int = 480) -> None:
    budget = db.session.scalar(
        select(HourBudget).where(HourBudget.municipality_id == place.id, HourBudget.pot == pot)
    ) or HourBudget(municipality_id=place.id, pot=pot, granted_minutes=granted)
    entry = LedgerEntry(budget=budget, minutes=minutes, kind=LedgerKind.CONSULTATION, day=TODAY)
    db.session.add_all([budget, entry])
    db.session.commit()


def advised(place: Municipality, person) -> None:
    """Everything that hangs on a municipality once: a visit, copies of a handbook, somebody at a webinar."""
    edition = db.session.scalar(select(HandbookEdition)) or HandbookEdition(
        title="Handbook", edition="1", published_on=TODAY, is_current=True
    )
    webinar = db.session.scalar(select(Webinar)) or Webinar(
        title="Safe banking", starts_at=NOON, minutes=60, status=WebinarStatus.HELD
    )
    db.session.add_all([edition, webinar])
    db.session.flush()
    db.session.add_all(
        [
            Consultation(
                municipality_id=place.id, channel=Channel.VISIT, visit_no=1, actual_start=NOON,
                actual_minutes=90, status=ConsultationStatus.CONFIRMED,
            ),
            HandbookIssue(municipality_id=place.id, edition_id=edition.id, sent_on=TODAY, sent_count=5),
            Attendance(
                webinar_id=webinar.id, municipality_id=place.id, user_id=person.id,
                source=AttendanceSource.MANUAL,
            ),
            WebinarRegistration(
                webinar_id=webinar.id, municipality_id=place.id, name="Guest", email=f"guest@{place.code}.example",
                language="pl", group=AudienceGroup.OTHER, status=RegistrationStatus.REGISTERED, asked_at=NOON,
            ),
        ]
    )  # fmt: skip
    db.session.commit()


def rows() -> dict[str, list[tuple[object, ...]]]:
    tables = [Base.metadata.tables[name] for name in TABLES]
    return {
        table.name: [tuple(row) for row in db.session.execute(select(table).order_by(table.c.id))]
        for table in tables
    }


def where() -> dict[str, list[str]]:
    tables = [Base.metadata.tables[name] for name in TABLES]
    return {
        table.name: list(
            db.session.scalars(
                select(Municipality.name).join(table, table.c.municipality_id == Municipality.id)
            )
        )
        for table in tables
    }


def balances(*codes: str) -> dict[str, Balance]:
    places = {unit(code).id: unit(code).name for code in codes}
    return {f"{places[place]} {pot}": balance for (place, pot), balance in balances_of(places).items()}


def merging(drawsko: Drawsko) -> MunicipalityChange:
    """Decided, and ready to be applied."""
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.leader.id)}, actor=drawsko.office)
    db.session.commit()
    return change


def apply(change: MunicipalityChange, drawsko: Drawsko) -> MunicipalityChange:
    apply_change(change, actor=drawsko.office)
    db.session.commit()
    return change


def lines(change: MunicipalityChange, topic: str) -> list[str]:
    return [line.text for one in followers.preview(change) if one.label == topic for line in one.lines]


def test_the_preview_counts_hours_consultations_handbooks_and_attendances(drawsko):
    used(unit(OSTROWICE), Pot.VISIT, 90)
    advised(unit(OSTROWICE), drawsko.leader)
    change = merging(drawsko)

    assert [
        lines(change, topic)
        for topic in (
            "Hours of advice",
            "Consultations",
            "Handbooks",
            "Webinars",
            "Registrations for webinars",
        )
    ] == [
        [
            "Visits of Ostrowice, 8 h granted and 1 h 30 min used: from then on with Drawsko Pomorskie",
            "Remote advice of Ostrowice, 8 h granted and 0 h used: from then on with Drawsko Pomorskie",
        ],
        ["1 consultation of Ostrowice: from then on with Drawsko Pomorskie"],
        ["1 sending of handbooks to Ostrowice: from then on with Drawsko Pomorskie"],
        ["1 attendance of webinars from Ostrowice: from then on with Drawsko Pomorskie"],
        ["1 registration for webinars from Ostrowice: from then on with Drawsko Pomorskie"],
    ]


def test_grants_and_what_was_used_of_them_are_added_and_nothing_is_lost(drawsko):
    used(unit(OSTROWICE), Pot.VISIT, 90)
    used(unit(OSTROWICE), Pot.REMOTE, 30, granted=600)
    used(unit(DRAWSKO), Pot.VISIT, 240)
    apply(merging(drawsko), drawsko)

    assert balances(OSTROWICE, DRAWSKO) == {
        "Ostrowice visit": Balance(0, 0),
        "Ostrowice remote": Balance(0, 0),
        "Drawsko Pomorskie visit": Balance(960, 330),
        "Drawsko Pomorskie remote": Balance(1080, 30),
    }
    moved = select(LedgerEntry).where(LedgerEntry.kind == LedgerKind.TRANSFER).order_by(LedgerEntry.id)
    assert [
        (one.budget.municipality.name, str(one.budget.pot), one.minutes, one.note)
        for one in db.session.scalars(moved)
    ] == [
        ("Ostrowice", "visit", -90, "Drawsko Pomorskie"),
        ("Drawsko Pomorskie", "visit", 90, "Ostrowice"),
        ("Ostrowice", "remote", -30, "Drawsko Pomorskie"),
        ("Drawsko Pomorskie", "remote", 30, "Ostrowice"),
    ]


def test_the_usual_grant_of_both_counts_where_nobody_has_used_an_hour(drawsko):
    apply(merging(drawsko), drawsko)

    assert balances(DRAWSKO) == {
        "Drawsko Pomorskie visit": Balance(960, 0),
        "Drawsko Pomorskie remote": Balance(960, 0),
    }


def test_a_partnership_that_moves_takes_its_hours_along_and_gets_no_more(drawsko, make):
    used(unit(OSTROWICE), Pot.VISIT, 90)
    change = moving(drawsko, Part(unit(ZLOCIENIEC)))
    apply(change, drawsko)

    assert balances(ZLOCIENIEC) == {
        "Złocieniec visit": Balance(480, 90),
        "Złocieniec remote": Balance(480, 0),
    }


def test_consultations_handbooks_and_attendances_are_counted_where_the_partnership_goes_on(drawsko):
    advised(unit(OSTROWICE), drawsko.leader)
    apply(merging(drawsko), drawsko)

    here = ["Drawsko Pomorskie"]
    assert where() == dict.fromkeys(TABLES, here)
    told = select(AuditEvent.event).where(
        AuditEvent.story_kind == "municipality",
        AuditEvent.story_id == unit(DRAWSKO).id,
        AuditEvent.event.endswith("went_along"),
    )
    assert list(db.session.scalars(told.order_by(AuditEvent.id))) == [
        "handbook.went_along", "hours.went_along", "hours.went_along", "consultation.went_along",
        "webinar.went_along", "webinar_seat.went_along",
    ]  # fmt: skip


def test_somebody_who_took_part_for_both_is_counted_once(drawsko):
    advised(unit(OSTROWICE), drawsko.leader)
    advised(unit(DRAWSKO), drawsko.leader)
    apply(merging(drawsko), drawsko)

    assert sorted(where()["attendance"]) == ["Drawsko Pomorskie", "Ostrowice"]


def read_report(drawsko: Drawsko) -> AttendanceReport:
    """Not saved yet: somebody known by their address, and somebody of Ostrowice."""
    [webinar] = db.session.scalars(select(Webinar))
    rows = f"Name,Email,Duration\nEwa,{drawsko.leader.email},60 min\nBiblioteka,,60 min\n"
    report = reports.take_in(webinar, rows.encode(), actor=drawsko.office)
    [nobody] = [line for line in reports.lines_of(report) if line.target is None]
    reports.settle_as_place(nobody, unit(OSTROWICE), actor=drawsko.office)
    return report


def test_a_report_read_before_and_saved_after_counts_where_the_partnership_goes_on(drawsko):
    """People by name, where they led on that day; of a municipality that was named for nobody in particular the same."""
    advised(unit(OSTROWICE), drawsko.other_leader)
    report = read_report(drawsko)
    apply(merging(drawsko), drawsko)

    reports.save(report, actor=drawsko.office)
    db.session.commit()

    counted = select(Attendance).where(Attendance.source == AttendanceSource.IMPORT).order_by(Attendance.id)
    assert [(one.user, one.municipality.name, one.people_count) for one in db.session.scalars(counted)] == [
        (drawsko.leader, "Drawsko Pomorskie", 1), (None, "Drawsko Pomorskie", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("heir", [None, Part(new_code="3203072", new_name="Nowa")], ids=["known", "begun"])
def test_a_report_read_before_says_the_same_again_where_the_change_is_undone(drawsko, heir):
    advised(unit(OSTROWICE), drawsko.other_leader)
    report = read_report(drawsko)
    change = merging(drawsko) if heir is None else moving(drawsko, heir)
    apply(change, drawsko)
    assert where_lines_of(report) != ["Ostrowice"]

    drawsko.undo(change)

    assert where_lines_of(report) == ["Ostrowice"]


def test_a_report_forgotten_since_keeps_no_change(drawsko):
    advised(unit(OSTROWICE), drawsko.other_leader)
    report = read_report(drawsko)
    change = apply(merging(drawsko), drawsko)
    reports.discard(report, actor=drawsko.office)

    drawsko.undo(change)

    assert where_lines_of(report) == []


def where_lines_of(report: AttendanceReport) -> list[str]:
    return [line.municipality.name for line in reports.lines_of(report) if line.municipality]


def moving(drawsko: Drawsko, heir: Part) -> MunicipalityChange:
    """The partnership of Ostrowice goes on there, as decided."""
    change = draft_change(
        ChangeKind.ABOLISH, effective_on=TODAY, legal_basis=None, sources=[Part(unit(OSTROWICE))],
        targets=[heir], actor=drawsko.office,
    )  # fmt: skip
    db.session.flush()
    decide(change, {"successor": f"move:{change.targets[0].id}"}, actor=drawsko.office)
    return change


def test_undoing_brings_back_every_record_and_balance_and_deletes_nothing_of_the_ledger(drawsko):
    used(unit(OSTROWICE), Pot.VISIT, 90)
    used(unit(OSTROWICE), Pot.REMOTE, 30)
    used(unit(DRAWSKO), Pot.VISIT, 240)
    used(unit(DRAWSKO), Pot.REMOTE, 60)
    advised(unit(OSTROWICE), drawsko.leader)
    change = merging(drawsko)
    before = rows(), balances(OSTROWICE, DRAWSKO)
    apply(change, drawsko)
    assert (rows(), balances(OSTROWICE, DRAWSKO)) != before

    drawsko.undo(change)

    assert (rows(), balances(OSTROWICE, DRAWSKO)) == before
    assert db.session.scalar(select(func.count()).select_from(LedgerEntry)) == 4 + 4 + 4


def test_undoing_leaves_the_usual_grant_where_nobody_had_used_an_hour(drawsko):
    change = apply(merging(drawsko), drawsko)

    drawsko.undo(change)

    assert balances(OSTROWICE, DRAWSKO) == {}
    both = [unit(code).id for code in (OSTROWICE, DRAWSKO)]
    assert set(balances_with_usual(both).values()) == {Balance(480, 0)}


def test_hours_entered_since_keep_the_change(drawsko, clock):
    used(unit(OSTROWICE), Pot.VISIT, 90)
    change = apply(merging(drawsko), drawsko)
    clock.move_to(datetime(2026, 4, 16, 7, 0, tzinfo=UTC))
    used(unit(DRAWSKO), Pot.VISIT, 60)

    with pytest.raises(NewerExists) as refusal:
        undo_change(change, actor=drawsko.office)

    assert str(refusal.value) == (
        "The change cannot be undone any more. Since then hours of advice were entered for Drawsko Pomorskie, "
        "16 Apr 2026."
    )


def test_where_several_have_the_land_and_nobody_goes_on_everything_stays_recorded(drawsko):
    used(unit(OSTROWICE), Pot.VISIT, 90)
    advised(unit(OSTROWICE), drawsko.leader)
    change = drawsko.divided()
    decide(change, {"successor": "close"}, actor=drawsko.office)
    before = rows(), balances(OSTROWICE)
    assert lines(change, "Consultations") == ["1 consultation of Ostrowice: recorded with it as before"]

    apply(change, drawsko)

    assert (rows(), balances(OSTROWICE)) == before
