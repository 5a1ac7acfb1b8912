"""A partnership that nobody leads: who is reminded every Monday, once, and however long it stood still."""

from datetime import UTC, date, datetime

import pytest

from accounts.services.access import activate, deactivate
from core.database import db
from partnerships import services
from partnerships.handovers.jobs import remind_of_missing_leaders
from partnerships.models import TermKind
from partnerships.workflow import PartnershipStatus

MONDAY_EARLY = datetime(2026, 4, 20, 4, 59, tzinfo=UTC)
MONDAY = datetime(2026, 4, 20, 5, 5, tzinfo=UTC)
"""Seven o'clock and five minutes in Warsaw."""


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test begins on a Wednesday."""


@pytest.fixture
def around(make) -> dict[str, str]:
    """A partnership whose leader left in March, and everybody who looks after it."""
    deputy, animator, office = make.user("Jan Zastępca"), make.animator("Marta Maj"), make.office("Ola Biuro")
    partnership = make.partnership("Together", led=False, animator=animator)
    make.term(partnership, make.user("Anna Dawna"), kind=TermKind.LEADER, ends_on=date(2026, 3, 31))
    make.term(partnership, deputy)
    make.partnership("Led", animator=animator)
    return {person.email: person.name for person in (deputy, animator, office)}


def reminded(outbox, around) -> list[str]:
    found = [mail for mail in outbox() if mail.subject == "Nobody leads the partnership Together"]
    return sorted(around[mail.to_address] for mail in found)


def test_on_monday_morning_deputies_animator_and_office_get_one_mail_each(clock, outbox, around):
    clock.move_to(MONDAY_EARLY)
    assert remind_of_missing_leaders() == "not yet"

    clock.move_to(MONDAY)
    assert remind_of_missing_leaders() == "3 reminded"

    assert reminded(outbox, around) == ["Jan Zastępca", "Marta Maj", "Ola Biuro"]
    bodies = {mail.to_name: mail.body for mail in outbox()}
    assert "has had no leader since 1 Apr 2026" in bodies["Marta Maj"]
    assert "you go on with its plans on its behalf" in bodies["Jan Zastępca"]
    assert len(outbox()) == 3


def test_asked_again_the_same_week_it_says_nothing_new(clock, outbox, around):
    clock.move_to(MONDAY)

    results = [remind_of_missing_leaders()]
    for _ in range(30):
        clock.tick(hours=5)
        results.append(remind_of_missing_leaders())

    assert results == ["3 reminded", *["0 reminded"] * 30]
    assert len(reminded(outbox, around)) == 3


def test_after_three_weeks_of_standing_still_it_reminds_once_not_three_times(clock, outbox, around):
    clock.move_to(datetime(2026, 5, 14, 13, 0, tzinfo=UTC))

    assert [remind_of_missing_leaders(), remind_of_missing_leaders()] == ["3 reminded", "0 reminded"]

    assert len(reminded(outbox, around)) == 3


def test_the_next_week_it_reminds_again(clock, outbox, around):
    clock.move_to(MONDAY)
    remind_of_missing_leaders()
    clock.tick(days=7)

    assert remind_of_missing_leaders() == "3 reminded"

    assert len(reminded(outbox, around)) == 6


def test_whoever_joins_in_the_middle_of_the_week_is_told_once_too(make, clock, outbox, around):
    clock.move_to(MONDAY)
    remind_of_missing_leaders()
    make.office("Nowa Osoba")

    assert [remind_of_missing_leaders(), remind_of_missing_leaders()] == ["1 reminded", "0 reminded"]


def test_a_leader_who_left_in_the_middle_of_the_week_is_missed_from_the_next_monday_on(make, clock):
    partnership = make.partnership()
    clock.move_to(MONDAY)
    clock.tick(days=1)
    services.end_term(partnership.terms[0], ends_on=date(2026, 4, 21), reason="", actor=make.office())
    db.session.commit()
    clock.tick(days=1)
    assert remind_of_missing_leaders() == "0 reminded"

    clock.move_to(datetime(2026, 4, 27, 6, 0, tzinfo=UTC))

    assert remind_of_missing_leaders() == "2 reminded"


def test_with_a_new_leader_or_a_closed_partnership_it_stops(make, clock, outbox, around):
    office = make.office()
    led, closed = make.partnership("Found one", led=False), make.partnership("Closed", led=False)
    services.appoint_leader(led, make.user(), starts_on=date(2026, 4, 15), actor=office)
    services.close_partnership(closed, closed_on=date(2026, 4, 15), reason="Over", actor=office)
    db.session.commit()
    assert closed.status is PartnershipStatus.CLOSED
    clock.move_to(MONDAY)

    remind_of_missing_leaders()

    subjects = {mail.subject for mail in outbox() if "Nobody leads" in mail.subject}
    assert subjects == {"Nobody leads the partnership Together"}


def test_a_partnership_that_never_had_a_leader_is_reminded_of_as_well(make, clock, outbox):
    make.partnership("New", led=False)
    clock.move_to(MONDAY)

    remind_of_missing_leaders()

    assert "has no leader yet" in outbox()[0].body


def test_a_leader_whose_account_is_closed_reaches_nobody_from_the_next_monday_on(make, clock, outbox):
    leader, office = make.user("Anna Cicha"), make.office()
    make.partnership("Silent", leader=leader)
    clock.move_to(MONDAY)
    clock.tick(days=1)
    deactivate(leader, actor=office)
    db.session.commit()
    assert remind_of_missing_leaders() == "0 reminded"

    clock.move_to(datetime(2026, 4, 27, 6, 0, tzinfo=UTC))

    assert remind_of_missing_leaders() == "2 reminded"
    bodies = [mail.body for mail in outbox() if mail.subject == "Nobody leads the partnership Silent"]
    assert all("is led by Anna Cicha, whose account is closed" in body for body in bodies)
    activate(leader, actor=office)
    db.session.commit()
    clock.tick(days=7)
    assert remind_of_missing_leaders() == "0 reminded"


def test_the_process_for_jobs_knows_the_reminder_and_runs_it(app, clock, outbox, around):
    clock.move_to(MONDAY)
    db.session.commit()

    result = app.test_cli_runner().invoke(args=["jobs", "run-once", "partnerships.leaderless"])

    assert (result.exit_code, result.output) == (0, "done\n")
    assert len(reminded(outbox, around)) == 3
