"""Logging remote advice: what is refused and why, what is entered, and that a form enters it once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from animators.advice.queries import logged_between
from animators.advice.services.logging import Talk, correct_minutes, log_advice, take_back, undo
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.balances import balances_with_usual
from animators.hours.models import BudgetAdjustment, Decision, LedgerEntry, Pot
from core.audit import story_of
from core.database import db
from core.errors import DomainError
from partnerships.models import AnimatorAssignment, AssignmentKind

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def anna(make):
    return make.animator("Anna Nowak")


@pytest.fixture
def place(make, anna):
    return make.partnership(animator=anna).municipality


def assignment_of(place):
    return db.session.scalars(
        select(AnimatorAssignment).where(AnimatorAssignment.municipality_id == place.id)
    ).one()


def talk(place, **other):
    said = {"channel": Channel.PHONE, "minutes": 30, "topics": ["annual_plan"], "day": TODAY, **other}
    return Talk(municipality_id=place.id, **said)


def free(place):
    return balances_with_usual([place.id])[place.id, Pot.REMOTE].free


def refused(attempt):
    with pytest.raises(DomainError) as refusal:
        attempt()
    db.session.rollback()
    return refusal.value.field, str(refusal.value)


def test_a_talk_takes_its_minutes_from_the_pot(place, anna):
    entry = log_advice(talk(place, summary="Kolejność wierszy"), key="one", actor=anna)

    assert (entry.status, entry.channel, entry.actual_minutes, entry.topics, entry.summary) == (
        ConsultationStatus.LOGGED,
        Channel.PHONE,
        30,
        ["annual_plan"],
        "Kolejność wierszy",
    )
    assert entry.actual_start == datetime(2026, 4, 15, 10, tzinfo=UTC)
    assert entry.reported_at == datetime(2026, 4, 15, 10, tzinfo=UTC)
    assert free(place) == 450


def test_of_an_earlier_day_only_the_day_is_known(place, anna):
    entry = log_advice(talk(place, day=date(2026, 4, 1)), key="one", actor=anna)

    assert entry.actual_start == datetime(2026, 4, 1, 10, tzinfo=UTC)
    assert entry.late_entry_reason is None


@pytest.mark.parametrize(
    "minutes",
    [0, -30, 1441, 10_000, None, 7.5],
    ids=["zero", "negative", "over a day", "10,000", "none", "fractional"],
)
def test_minutes_that_no_talk_lasts_are_refused(place, anna, minutes):
    field, said = refused(lambda: log_advice(talk(place, minutes=minutes), key="one", actor=anna))

    assert (field, said) == ("minutes", "Choose how long it took, or enter whole minutes from 1 to 1,440.")


def test_what_is_still_to_come_is_refused(place, anna):
    field, said = refused(lambda: log_advice(talk(place, day=date(2026, 4, 16)), key="one", actor=anna))

    assert (field, said) == ("day", "16 Apr 2026 is still to come. Log it once you have talked.")


def test_more_than_two_weeks_ago_needs_a_reason(place, anna):
    on_the_edge = log_advice(talk(place, day=date(2026, 4, 1)), key="edge", actor=anna)
    db.session.commit()
    field, said = refused(lambda: log_advice(talk(place, day=date(2026, 3, 31)), key="late", actor=anna))

    late = log_advice(talk(place, day=date(2026, 3, 31), late_reason="Chora"), key="late", actor=anna)

    assert on_the_edge.id != late.id
    assert (field, said) == (
        "late_reason",
        "That is more than 14 days ago. Say why it is logged only now.",
    )
    assert late.late_entry_reason == "Chora"


def test_a_visit_is_not_logged_here(place, anna):
    field, _said = refused(lambda: log_advice(talk(place, channel=Channel.VISIT), key="one", actor=anna))

    assert field == "channel"


@pytest.mark.parametrize("topics", [[], ["unknown"], ["annual_plan", "unknown"]])
def test_a_topic_is_one_of_the_programme(place, anna, topics):
    field, said = refused(lambda: log_advice(talk(place, topics=topics), key="one", actor=anna))

    assert (field, said) == ("topics", "Choose at least one topic.")


def test_a_municipality_handed_on_is_refused_with_who_advised_it(place, anna, make):
    former = make.animator()
    make.assignment(place, former, starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))

    field, said = refused(lambda: log_advice(talk(place), key="one", actor=former))

    expected = f"On 15 Apr 2026 Anna Nowak advised {place.name}. Ask them to log it."
    assert (field, said) == ("municipality", expected)


def test_to_a_stranger_it_is_not_said_who_advises_a_municipality(place, make):
    field, said = refused(lambda: log_advice(talk(place), key="one", actor=make.animator()))

    expected = f"You do not advise {place.name}. Ask the programme office who logs this talk."
    assert (field, said) == ("municipality", expected)


def test_a_day_on_which_nobody_advised_is_refused(make):
    nobodys, former = make.partnership(advised=False).municipality, make.animator()
    make.assignment(nobodys, former, ends_on=date(2026, 4, 1))

    field, said = refused(lambda: log_advice(talk(nobodys), key="one", actor=former))

    assert (field, said) == ("municipality", f"On 15 Apr 2026 nobody advised {nobodys.name}.")


def test_during_a_leave_the_cover_logs_and_the_main_animator_only_the_days_before(place, anna, make):
    cover = make.animator("Piotr Zając")
    make.assignment(place, cover, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 10), ends_on=TODAY)

    log_advice(talk(place), key="cover", actor=cover)
    log_advice(talk(place, day=date(2026, 4, 9)), key="before", actor=anna)
    _field, said = refused(lambda: log_advice(talk(place), key="away", actor=anna))
    _field, too_early = refused(
        lambda: log_advice(talk(place, day=date(2026, 4, 9)), key="early", actor=cover)
    )

    assert said == f"On 15 Apr 2026 Piotr Zając advised {place.name}. Ask them to log it."
    assert too_early == f"On 9 Apr 2026 Anna Nowak advised {place.name}. Ask them to log it."


def test_whoever_handed_a_municipality_on_still_logs_their_last_days(place, anna, make):
    assignment_of(place).ends_on = date(2026, 4, 14)
    successor = make.animator()
    make.assignment(place, successor, starts_on=TODAY)

    log_advice(talk(place, day=date(2026, 4, 14)), key="last", actor=anna)

    assert "Ask them" in refused(lambda: log_advice(talk(place), key="next", actor=anna))[1]


def test_over_the_pot_it_needs_a_reason_and_is_one_request(place, anna):
    log_advice(talk(place, minutes=460), key="most", actor=anna)
    db.session.commit()
    field, said = refused(lambda: log_advice(talk(place), key="over", actor=anna))

    entry = log_advice(talk(place, over_reason="Kontrola"), key="over", actor=anna)

    assert field == "over_reason"
    assert (
        said == "10 min go over the pot. Say why they were needed: the programme office decides about them."
    )
    assert (free(place), entry.over_budget_minutes) == (0, 10)
    requests = db.session.scalars(select(BudgetAdjustment)).all()
    assert [(one.minutes, one.decision, one.reason) for one in requests] == [
        (10, Decision.PENDING, "Kontrola")
    ]


def test_sent_twice_it_is_one_entry(place, anna):
    first = log_advice(talk(place), key="same", actor=anna)
    again = log_advice(talk(place), key="same", actor=anna)

    assert again.id == first.id
    assert free(place) == 450
    assert db.session.scalar(select(func.count()).select_from(LedgerEntry)) == 1


def test_another_talk_from_a_form_that_was_sent_is_not_swallowed(place, anna):
    log_advice(talk(place), key="same", actor=anna)
    db.session.commit()

    _field, said = refused(lambda: log_advice(talk(place, minutes=45), key="same", actor=anna))

    assert said == (
        f"From this form 30 min for {place.name} on 15 Apr 2026 was logged already. If this is another talk, "
        "send it once more."
    )


def test_the_key_of_one_person_means_nothing_for_another(place, anna, make):
    other = make.animator()
    elsewhere = make.partnership(animator=other).municipality

    mine = log_advice(talk(place), key="same", actor=anna)
    theirs = log_advice(talk(elsewhere), key="same", actor=other)

    assert mine.id != theirs.id


def test_a_correction_is_a_new_entry(place, anna):
    entry = log_advice(talk(place), key="one", actor=anna)

    correct_minutes(entry, 45, reason="Drugi telefon", actor=anna)

    minutes = db.session.scalars(select(LedgerEntry.minutes).order_by(LedgerEntry.id)).all()
    assert (minutes, entry.actual_minutes, free(place)) == ([30, 15], 45, 435)


def test_a_corrected_figure_is_confirmed_anew(place, anna):
    entry = log_advice(talk(place), key="one", actor=anna)
    entry.status, entry.confirmed_at = ConsultationStatus.CONFIRMED, entry.reported_at

    correct_minutes(entry, 20, reason="Krócej", actor=anna)

    assert (entry.status, entry.confirmed_at, free(place)) == (ConsultationStatus.LOGGED, None, 460)


def test_a_correction_needs_a_reason(place, anna):
    entry = log_advice(talk(place), key="one", actor=anna)
    db.session.commit()

    assert refused(lambda: correct_minutes(entry, 20, reason="", actor=anna))[0] == "reason"


def test_why_it_was_corrected_and_why_it_took_longer_are_both_kept(place, anna):
    entry = log_advice(talk(place, minutes=470), key="one", actor=anna)

    correct_minutes(entry, 500, reason="Źle wpisano", over_reason="Kontrola", actor=anna)

    assert db.session.scalars(select(BudgetAdjustment.reason)).all() == ["Kontrola"]
    said = {event.event: personal.get("reason") for event, personal in story_of(place)}
    assert (said["hours.asked"], said["hours.corrected"]) == ("Kontrola", "Źle wpisano")


def test_what_the_office_decided_in_a_dispute_is_not_raised_again(place, anna):
    entry = log_advice(talk(place), key="one", actor=anna)
    entry.status, entry.decision_note = ConsultationStatus.CONFIRMED, "Both were asked"
    db.session.commit()

    said = refused(lambda: correct_minutes(entry, 45, reason="Dłużej", actor=anna))

    assert said == (
        "minutes",
        "The programme office decided that 30 min count. Ask it before you enter more.",
    )
    correct_minutes(entry, 20, reason="Krócej", actor=anna)
    assert free(place) == 460


def test_what_is_disputed_is_left_to_the_office(place, anna):
    entry = log_advice(talk(place), key="one", actor=anna)
    entry.status = ConsultationStatus.DISPUTED
    db.session.commit()

    said = refused(lambda: correct_minutes(entry, 20, reason="Krócej", actor=anna))[1]

    assert said == "This entry can no longer be corrected here. Ask the programme office."


def test_taken_back_its_minutes_are_in_the_pot_again_once(place, anna):
    entry = log_advice(talk(place), key="one", actor=anna)

    undo(entry, actor=anna)
    db.session.commit()
    said = refused(lambda: take_back(entry, reason="Jeszcze raz", actor=anna))[1]

    assert (entry.status, free(place)) == (ConsultationStatus.VOID, 480)
    assert said == "This entry was taken back already."


def test_what_was_taken_back_is_in_no_mail(place, anna):
    day = datetime(2026, 4, 15, tzinfo=UTC), datetime(2026, 4, 16, tzinfo=UTC)
    kept = log_advice(talk(place), key="kept", actor=anna)
    undo(log_advice(talk(place), key="gone", actor=anna), actor=anna)

    assert list(logged_between(*day)) == [kept]


def test_the_history_keeps_what_was_said(place, anna):
    entry = log_advice(talk(place, summary="Nazwa szkoły"), key="one", actor=anna)

    [(event, personal)] = story_of(place)
    assert (event.event, event.record_id, personal) == (
        "advice.logged",
        entry.id,
        {"summary": "Nazwa szkoły"},
    )
    assert event.data["after"] == {
        "channel": "phone", "minutes": 30, "topics": ["annual_plan"], "day": "2026-04-15",
    }  # fmt: skip


def test_no_two_entries_share_a_key(place, anna):
    log_advice(talk(place), key="same", actor=anna)
    twin = Consultation(
        municipality=place,
        channel=Channel.PHONE,
        status=ConsultationStatus.LOGGED,
        entry_key=f"{anna.id}:same",
    )
    db.session.add(twin)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
