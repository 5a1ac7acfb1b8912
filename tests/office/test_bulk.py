"""Deeds for many municipalities chosen on the board: reminding their leaders, giving them to other animators."""

import pytest
from sqlalchemy import select

from core import clock
from core.audit import AuditEvent
from core.database import db
from core.mail import OutboxMail
from plans.workflow import PlanStatus
from tasks.models import TaskWaiver
from tasks.rules import TaskCode
from tests.make import Make
from tests.visit import Visits


@pytest.fixture
def office(make: Make):
    return make.office()


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.to_name)))


def test_each_leader_reads_what_their_own_partnership_misses(visit: Visits, office, make: Make):
    draft = make.partnership(municipality=make.municipality("Łąki"), leader=make.user("Anna Bąk"))
    make.general_plan(partnership=draft)
    make.partnership(municipality=make.municipality("Żary"), leader=make.user("Zenon Wilk"))
    page = visit(as_=office).open("/office/board/remind?whole=1")

    after = page.submit("Send 2 mails", note="Before Easter, please.")

    assert "2 leaders get a mail." in after.text
    first, second = mails()
    assert "Finish the general plan and submit it." in first.body
    assert "Begin the general plan." in second.body
    assert "Before Easter, please." in first.body
    assert {first.reply_to, second.reply_to} == {office.email}


def test_whoever_has_no_leader_or_has_settled_all_gets_none(visit: Visits, office, make: Make):
    make.partnership(municipality=make.municipality("Brody"), led=False)
    done = make.partnership(municipality=make.municipality("Łąki"))
    for code in TaskCode:
        db.session.add(TaskWaiver(partnership=done, task=code, reason="x", waived_on=clock.today()))
    db.session.commit()

    page = visit(as_=office).open("/office/board/remind?whole=1")

    assert "Nobody to remind" in page.text
    assert "1 has no leader; 1 has settled all tasks" in page.text


def test_the_same_day_nobody_is_reminded_twice(visit: Visits, office, make: Make):
    make.partnership()
    visit(as_=office).open("/office/board/remind?whole=1").submit("Send one mail")

    again = visit(as_=office).open("/office/board/remind?whole=1")

    assert "1 was reminded today" in again.text
    assert len(mails()) == 1


def test_a_reminder_is_in_the_history_of_the_partnership(visit: Visits, office, make: Make):
    town = make.partnership()

    visit(as_=office).open("/office/board/remind?whole=1").submit("Send one mail")

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "office.reminded")).one()
    assert (event.actor_id, event.story_kind, event.story_id) == (office.id, "partnership", town.id)


def test_only_those_ticked_that_the_filter_still_leaves_are_chosen(visit: Visits, office, make: Make):
    laki = make.partnership(municipality=make.municipality("Łąki"), leader=make.user("Anna Bąk"))
    zary = make.partnership(municipality=make.municipality("Żary"), leader=make.user("Zenon Wilk"))
    make.general_plan(PlanStatus.SUBMITTED, partnership=zary)
    db.session.query(OutboxMail).delete()
    db.session.commit()

    visit(as_=office).open(f"/office/board/remind?id={laki.id}&id={zary.id}&stage=no_plan").submit(
        "Send one mail"
    )

    assert [one.to_name for one in mails()] == ["Anna Bąk"]


@pytest.mark.parametrize("deed", ["remind", "reassign", "write"])
def test_with_nothing_ticked_the_board_says_so(visit: Visits, office, make: Make, deed: str):
    make.partnership()

    page = visit(as_=office).open(f"/office/board/{deed}?stage=no_plan")

    assert page.url == "/office/board?stage=no_plan"
    assert "Tick municipalities first" in page.text


def test_reassigning_leads_to_each_animator_with_the_chosen_ones_ticked(visit: Visits, office, make: Make):
    ewa, adam = make.animator("Ewa Doradna"), make.animator("Adam Inny")
    towns = [
        make.partnership(municipality=make.municipality(name), animator=ewa) for name in ("Łąki", "Żary")
    ]
    make.partnership(municipality=make.municipality("Brody"), animator=adam)
    alone = make.partnership(municipality=make.municipality("Iłowa"), advised=False)

    page = visit(as_=office).open(f"/office/board/reassign?id={towns[0].id}&id={alone.id}")
    form = page.follow("Municipalities of Ewa Doradna")

    assert "1 of the chosen has no animator" in page.text
    assert "Municipalities of Adam Inny" not in page.links
    ticked = form.tree.xpath("//input[@name='chosen'][@checked]/@value")
    assert ticked == [str(towns[0].municipality_id)]
    assert form.tree.xpath("//select[@name='area']/option[@selected]/@value") == ["chosen"]


def test_reminding_many_takes_no_more_questions_than_reminding_three(
    visit: Visits, office, make: Make, count_queries
):
    visitor, counts = visit(as_=office), []
    for more in (3, 40):
        for _ in range(more):
            make.partnership()
        visitor.open("/office/board/remind?whole=1")
        with count_queries() as queries:
            visitor.open("/office/board/remind?whole=1")
        counts.append(queries.count)

    assert counts[0] == counts[1], counts
