"""Handbooks: copies sent, confirmed, missing; and who hears of it."""

from datetime import date

import pytest
from sqlalchemy import select

from core.audit import story_of
from core.database import db
from core.mail import OutboxMail
from handbooks import services
from handbooks.errors import (
    ArrivedBeforeSent,
    ArrivedInFuture,
    ConfirmedAlready,
    EditionExists,
    MoreThanSent,
    NobodyChosen,
    NoCurrentEdition,
    NoSuchCount,
    SentInFuture,
)
from handbooks.models import HandbookIssue
from handbooks.queries import Supply, count_by_supply, current_edition, editions, rows_of, supplies
from tests.support.documents import pdf

TODAY = date(2026, 4, 15)
LAST_WEEK = date(2026, 4, 8)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def office(make):
    return make.office()


@pytest.fixture
def edition(office):
    return _edition(office)


def _edition(office, name="1", *, is_current=True, file=None):
    kept = services.keep_edition(
        None,
        title="Handbook",
        edition=name,
        published_on=TODAY,
        is_current=is_current,
        file=file,
        actor=office,
    )
    db.session.commit()
    return kept


def send(office, *municipalities, sent_on=LAST_WEEK, count=4):
    return services.send_copies(municipalities, sent_on=sent_on, sent_count=count, actor=office)


def confirm(issue, count, *, on=TODAY, note=None, actor):
    services.confirm_copies(issue, confirmed_count=count, confirmed_on=on, note=note, actor=actor)


def supply_of(partnership):
    rows = rows_of(db.session.execute(supplies(current_edition())).all())
    return next(row for row in rows if row.partnership_id == partnership.id)


def test_the_leader_is_asked_to_confirm_what_was_sent(make, office, edition):
    leader = make.user(email="anna@gromada.example")
    partnership = make.partnership(leader=leader)

    (issue,) = send(office, partnership.municipality)

    (mail,) = db.session.scalars(select(OutboxMail)).all()
    assert mail.to_address == "anna@gromada.example"
    assert f"/partnerships/{partnership.id}/handbooks/{issue.id}/confirm" in mail.body


def test_a_municipality_stands_by_what_was_sent_and_what_arrived(make, office, edition):
    partnership, leader = make.partnership(), make.user()
    seen = [supply_of(partnership).supply]

    (issue,) = send(office, partnership.municipality)
    seen.append(supply_of(partnership).supply)
    confirm(issue, 3, actor=leader)
    seen.append(supply_of(partnership).supply)
    missing = supply_of(partnership).missing
    (rest,) = send(office, partnership.municipality, count=1)
    confirm(rest, 1, actor=leader)
    seen.append(supply_of(partnership).supply)

    assert seen == [Supply.NOTHING_SENT, Supply.ON_THE_WAY, Supply.SHORT, Supply.COMPLETE]
    assert missing == 1


def test_shortages_are_found_and_counted(make, office, edition):
    nothing, on_the_way, short, complete = (make.partnership() for _ in range(4))
    make.municipality()  # takes no part and so is short of nothing
    issues = send(office, *(one.municipality for one in (on_the_way, short, complete)))
    confirm(issues[1], 2, actor=office)
    confirm(issues[2], 4, actor=office)

    found = {
        supply: [row[1] for row in db.session.execute(supplies(edition, supply=supply)).all()]
        for supply in Supply
    }

    assert found == {
        Supply.NOTHING_SENT: [nothing.id],
        Supply.ON_THE_WAY: [on_the_way.id],
        Supply.SHORT: [short.id],
        Supply.COMPLETE: [complete.id],
    }
    assert count_by_supply(edition) == dict.fromkeys(Supply, 1)


def test_copies_of_a_former_edition_do_not_count(make, office, edition):
    partnership = make.partnership()
    (issue,) = send(office, partnership.municipality)
    confirm(issue, 4, actor=office)

    _edition(office, "2")

    assert supply_of(partnership).supply is Supply.NOTHING_SENT
    assert [one.is_current for one in editions()] == [True, False]


@pytest.mark.parametrize(
    ("sent_on", "count", "refusal"),
    [
        (TOMORROW, 4, SentInFuture),
        (TODAY, 0, NoSuchCount),
        (TODAY, -4, NoSuchCount),
        (TODAY, 1001, NoSuchCount),
        (TODAY, None, NoSuchCount),
    ],
)
def test_a_sending_that_cannot_be_is_not_recorded(make, office, edition, sent_on, count, refusal):
    municipality = make.partnership().municipality

    with pytest.raises(refusal):
        send(office, municipality, sent_on=sent_on, count=count)
    assert db.session.scalars(select(HandbookIssue)).all() == []


def test_nothing_is_sent_without_an_edition_or_without_anybody(make, office):
    with pytest.raises(NoCurrentEdition):
        send(office, make.municipality())
    _edition(office)
    with pytest.raises(NobodyChosen):
        send(office)


@pytest.mark.parametrize(
    ("count", "on", "refusal"),
    [
        (5, TODAY, MoreThanSent),
        (-1, TODAY, MoreThanSent),
        (4, date(2026, 4, 7), ArrivedBeforeSent),
        (4, TOMORROW, ArrivedInFuture),
    ],
)
def test_what_cannot_have_arrived_is_not_confirmed(make, office, edition, count, on, refusal):
    (issue,) = send(office, make.partnership().municipality)

    with pytest.raises(refusal):
        confirm(issue, count, on=on, actor=office)
    assert issue.confirmed_on is None


def test_a_confirmation_can_be_corrected_and_both_are_kept(make, office, edition):
    municipality = make.partnership().municipality
    (issue,) = send(office, municipality)
    confirm(issue, 4, actor=office)

    confirm(issue, 3, note="One was wet", actor=office)

    (event, personal), *_rest = story_of(municipality)
    assert (event.data["before"]["confirmed_count"], event.data["after"]["confirmed_count"]) == (4, 3)
    assert personal == {"note": "One was wet"}


def test_a_sending_is_corrected_only_before_it_is_confirmed(make, office, edition):
    (issue,) = send(office, make.partnership().municipality)
    services.correct_sending(issue, sent_on=TODAY, sent_count=2, actor=office)
    confirm(issue, 2, actor=office)

    with pytest.raises(ConfirmedAlready):
        services.correct_sending(issue, sent_on=TODAY, sent_count=4, actor=office)
    assert issue.sent_count == 2


def test_an_edition_is_entered_once(office, edition):
    with pytest.raises(EditionExists):
        _edition(office, "1")


# --- Pages -----------------------------------------------------------------------------------------------


def test_the_office_records_a_sending_to_those_it_ticks(make, office, edition, visit):
    first, second = make.partnership(), make.partnership()

    page = visit(as_=office).open("/office/handbooks")
    page = page.submit(
        "Record the sending",
        municipality_ids=[str(first.municipality_id)],
        sent_on="2026-04-08",
        sent_count="4",
    )

    assert "One sending is recorded." in page.text
    assert supply_of(first).sent == 4
    assert supply_of(second).sent == 0


def test_a_leader_confirms_what_arrived(make, office, edition, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    send(office, partnership.municipality)
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/handbooks").follow("Confirm what arrived")
    page = page.submit("Confirm", confirmed_count="3", confirmed_on="2026-04-14", note="One was wet")

    assert "3 of 4 printed copies of the current edition have arrived." in page.text


def test_copies_of_another_municipality_are_as_if_they_were_not_there(make, office, edition, visit):
    leader = make.user()
    own, other = make.partnership(leader=leader), make.partnership()
    (issue,) = send(office, other.municipality)
    db.session.commit()

    visit(as_=leader).open(f"/partnerships/{own.id}/handbooks/{issue.id}/confirm", expect=404)


def test_anybody_downloads_the_electronic_version(office, visit):
    edition = _edition(office, file=("Podręcznik.pdf", pdf(words="Handbook")))

    page = visit().open(f"/handbooks/{edition.id}/file")

    assert page.data == pdf(words="Handbook")
    disposition = page.response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")


def test_the_list_of_shortages_takes_as_many_queries_for_many_as_for_few(
    make, office, edition, visit, count_queries
):
    visitor = visit(as_=office)
    make.partnership()
    visitor.open("/office/handbooks")
    with count_queries() as few:
        visitor.open("/office/handbooks")
    for _ in range(12):
        make.partnership()
    with count_queries() as many:
        visitor.open("/office/handbooks")

    assert many.count == few.count
