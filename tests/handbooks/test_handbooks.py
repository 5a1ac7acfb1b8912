"""Handbooks: copies sent, confirmed, missing; and who hears of it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select

from core.audit import story_of
from core.database import db
from core.mail import OutboxMail
from handbooks import services
from handbooks.errors import (
    ArrivedAlready,
    ArrivedBeforeSent,
    ArrivedInFuture,
    ConfirmedAlready,
    EditionExists,
    MoreThanSent,
    NobodyChosen,
    NoCurrentEdition,
    NoSuchCount,
    SendingGone,
    SentInFuture,
)
from handbooks.models import HandbookIssue
from handbooks.queries import Supply, count_by_supply, editions, supplies
from tests.handbooks.sending import LAST_WEEK, TODAY, TOMORROW, confirm, enter_edition, send, supply_of


def test_the_leader_is_asked_to_confirm_what_was_sent(make, office, edition):
    leader = make.user(email="anna@gromada.example")
    partnership = make.partnership(leader=leader)

    (issue,) = send(office, partnership.municipality)

    (mail,) = db.session.scalars(select(OutboxMail)).all()
    assert mail.to_address == "anna@gromada.example"
    assert f"/partnerships/{partnership.id}/handbooks/{issue.id}/confirm" in mail.body


@pytest.mark.parametrize("led_by", ["nobody", "somebody suspended"])
def test_where_nobody_leads_the_deputies_are_asked(make, office, edition, outbox, led_by):
    leader = None if led_by == "nobody" else make.user(is_active=False)
    partnership = make.partnership(led=leader is not None, leader=leader)
    deputies = [make.user("Dorota Deputy"), make.user("Darek Deputy")]
    for deputy in deputies:
        make.term(partnership, deputy)
    db.session.refresh(partnership)

    send(office, partnership.municipality)

    assert sorted(mail.to_name for mail in outbox()) == ["Darek Deputy", "Dorota Deputy"]


def test_beside_a_leader_no_deputy_is_asked(make, office, edition, outbox):
    partnership = make.partnership(leader=make.user("Anna Leader"))
    make.term(partnership, make.user())
    db.session.refresh(partnership)

    send(office, partnership.municipality)

    assert [mail.to_name for mail in outbox()] == ["Anna Leader"]


@pytest.mark.parametrize(("led", "on_behalf"), [(False, "partnership"), (True, None)])
def test_without_a_leader_a_deputy_confirms_on_behalf_of_the_partnership(
    make, office, edition, led, on_behalf
):
    partnership, deputy = make.partnership(led=led), make.user()
    make.term(partnership, deputy)
    db.session.refresh(partnership)
    (issue,) = send(office, partnership.municipality)

    confirm(issue, 4, actor=deputy)

    event, _personal = story_of(partnership.municipality)[0]
    assert (event.event, event.actor_id, event.data.get("on_behalf")) == (
        "handbook.confirmed", deputy.id, on_behalf
    )  # fmt: skip


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


LOST = [(4, 1)]
UNDER_WAY = (1, None)


@pytest.mark.parametrize(
    ("sendings", "supply", "missing"),
    [
        ([UNDER_WAY], Supply.SHORT, 3),
        ([(4, None)], Supply.ON_THE_WAY, 0),
        (LOST, Supply.SHORT, 3),
        ([*LOST, UNDER_WAY], Supply.SHORT, 2),
        ([*LOST, (3, None)], Supply.ON_THE_WAY, 0),
        ([*LOST, (3, None), UNDER_WAY], Supply.ON_THE_WAY, 0),
        ([(4, 0)], Supply.SHORT, 4),
        ([(4, 4), UNDER_WAY], Supply.COMPLETE, 0),
    ],
)
def test_copies_known_to_be_lost_are_not_on_their_way(make, office, edition, sendings, supply, missing):
    partnership = make.partnership()
    for sent, arrived in sendings:
        (issue,) = send(office, partnership.municipality, count=sent)
        if arrived is not None:
            confirm(issue, arrived, actor=office)

    row = supply_of(partnership)
    listed = [one for one in Supply if db.session.execute(supplies(edition, supply=one)).all()]
    counted = [one for one, count in count_by_supply(edition).items() if count]

    assert (row.supply, row.missing) == (supply, missing)
    assert listed == counted == [supply]


def test_copies_of_a_former_edition_do_not_count(make, office, edition):
    partnership = make.partnership()
    (issue,) = send(office, partnership.municipality)
    confirm(issue, 4, actor=office)

    enter_edition(office, "2")

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
    enter_edition(office)
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


def test_a_sending_that_never_was_is_taken_back_and_who_waits_for_it_is_told(make, office, edition, outbox):
    leader = make.user("Anna Leader")
    partnership = make.partnership(leader=leader)
    (issue,) = send(office, partnership.municipality)

    services.take_sending_back(issue, actor=office)

    assert supply_of(partnership).supply is Supply.NOTHING_SENT
    assert [(mail.to_name, mail.template) for mail in outbox()] == [
        ("Anna Leader", "handbooks/mail/sent"),
        ("Anna Leader", "handbooks/mail/taken_back"),
    ]
    event, _personal = story_of(partnership.municipality)[0]
    assert (event.event, event.data) == (
        "handbook.sending_taken_back",
        {"before": {"sent_on": "2026-04-08", "sent_count": 4, "edition": "1"}, "after": {}},
    )


def test_what_is_sent_after_a_sending_was_taken_back_is_told_as_well(make, office, edition, outbox, clock):
    municipality = make.partnership(leader=make.user()).municipality
    (wrong,) = send(office, municipality)
    services.take_sending_back(wrong, actor=office)
    clock.move_to(datetime(2026, 4, 15, 12, tzinfo=UTC))

    send(office, municipality)

    assert [mail.template for mail in outbox()] == [
        "handbooks/mail/sent", "handbooks/mail/taken_back", "handbooks/mail/sent"
    ]  # fmt: skip


def test_what_was_taken_over_from_earlier_records_is_taken_back_in_silence(make, office, edition, outbox):
    municipality = make.partnership(leader=make.user()).municipality
    issue = HandbookIssue(
        municipality=municipality, edition=edition, sent_on=LAST_WEEK, sent_count=4, taken_over=True
    )
    db.session.add(issue)

    services.take_sending_back(issue, actor=office)

    assert outbox() == []


def test_a_confirmed_sending_is_not_taken_back(make, office, edition):
    (issue,) = send(office, make.partnership().municipality)
    confirm(issue, 0, actor=office)

    with pytest.raises(ArrivedAlready):
        services.take_sending_back(issue, actor=office)
    assert db.session.scalars(select(HandbookIssue)).all() == [issue]


def test_nothing_more_happens_to_a_sending_that_somebody_takes_back_meanwhile(make, office, edition):
    (issue,) = send(office, make.partnership().municipality)
    db.session.commit()
    assert issue.sent_count == 4  # it is on the page by now
    db.session.execute(delete(HandbookIssue).execution_options(synchronize_session=False))

    with pytest.raises(SendingGone):
        confirm(issue, 4, actor=office)


def test_an_edition_is_entered_once(office, edition):
    with pytest.raises(EditionExists):
        enter_edition(office, "1")
