"""The link in the mails about an approval: one button publishes the plan, without signing in, for whoever may publish."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import MailLink, User
from core.audit import AuditEvent
from core.database import db
from partnerships.services import close_partnership
from plans.models import PlanVersion
from plans.reminders import remind_to_publish
from plans.services import flow, review
from plans.workflow import PlanStatus
from tests.plans.test_flow import animator_of, leader_of
from tests.plans.test_publishing import approve

WITHOUT = "Or publish it without signing in. This link opens a page with one button and works once:"


@pytest.fixture(autouse=True)
def _time(clock):
    """15 April 2026, noon in Warsaw."""


@pytest.fixture
def partnership(make):
    leader, animator = make.user("Anna Wrona"), make.animator("Marta Lis")
    return make.partnership(municipality=make.municipality("Żółta Gęś"), leader=leader, animator=animator)


@pytest.fixture
def version(make, partnership):
    plan = make.general_plan(PlanStatus.IN_REVIEW, partnership=partnership)
    approve(plan)
    return plan


def links_in(mail):
    return re.findall(r"http://localhost(/do/[\w-]{43})\n", mail.body)


@pytest.fixture
def link(version, outbox):
    (found,) = links_in(outbox()[-1])
    return found


def status_of(version):
    db.session.rollback()
    return db.session.scalar(select(PlanVersion.status).where(PlanVersion.id == version.id))


def pairs(page):
    return {
        " ".join(one.findtext("dt").split()): one.find("dd").text_content()
        for one in page.tree.xpath("//dl[@class='key-values']/div")
    }


# --- The usual way ---------------------------------------------------------------------------------------


def test_the_page_shows_what_was_approved_and_its_button_publishes_exactly_that(version, link, visit, clock):
    approved_hash = version.content_hash
    clock.tick(days=3)

    page = visit().open(link)

    assert page.headings[0] == "Publish the plan of Żółta Gęś"
    facts = pairs(page)
    assert (facts["Plan"], facts["Approved"]) == (
        "General plan 2026–2028, version 1",
        "15 Apr 2026, the animator",
    )
    assert facts["Fingerprint of what was approved"] == approved_hash
    assert facts["Trainings"] == "8\n2026: 2 · 2027: 3 · 2028: 3"
    assert page.buttons == ["Publish the plan"]
    assert page.links["Sign in to see more"] == f"/sign-in?next=/plans/{version.id}/publish"
    assert status_of(version) is PlanStatus.APPROVED
    done = page.submit("Publish the plan")

    assert "The plan is published. Anybody can read it now." in done.text
    db.session.rollback()
    db.session.refresh(version)
    assert (version.status, version.content_hash, version.published_by_id, version.published_at) == (
        PlanStatus.PUBLISHED,
        approved_hash,
        leader_of(version).id,
        clock.now,
    )


def test_it_is_the_act_of_whom_the_mail_was_sent_to(version, link, visit, make):
    visit(as_=make.user("Jan Obcy")).open(link).submit("Publish the plan")

    done = {
        event: actor
        for event, actor in db.session.execute(select(AuditEvent.event, AuditEvent.actor_id))
        if event in {"plan.published", "account.did_by_link"}
    }
    assert done == dict.fromkeys(("plan.published", "account.did_by_link"), leader_of(version).id)


def test_the_others_are_told_as_if_it_had_been_done_on_the_page(version, link, visit, outbox):
    told_before = len(outbox())

    visit().open(link).submit("Publish the plan")

    assert [(mail.to_name, mail.template) for mail in outbox()[told_before:]] == [
        ("Marta Lis", "plans/mail/published")
    ]


def test_the_office_that_decided_in_the_animators_place_is_named_as_such(make, partnership, visit, outbox):
    plan = make.general_plan(PlanStatus.IN_REVIEW, partnership=partnership)
    approve(plan, actor=make.office(), note="The animator is ill")
    (mail,) = [mail for mail in outbox() if mail.template == "plans/mail/approved"]

    page = visit().open(*links_in(mail))

    assert pairs(page)["Approved"] == "15 Apr 2026, the programme office"


# --- The mails -------------------------------------------------------------------------------------------


def test_only_whoever_may_publish_has_the_link_and_each_their_own(make, partnership, outbox):
    for name, may in (("Kto Publikuje", True), ("Kto Nie", False)):
        make.term(partnership, make.user(name), can_publish=may)
    db.session.expire_all()
    plan = make.general_plan(PlanStatus.IN_REVIEW, partnership=partnership)

    approve(plan)

    mails = {mail.to_name: mail for mail in outbox() if mail.template == "plans/mail/approved"}
    assert {name: len(links_in(mail)) for name, mail in mails.items()} == {
        "Anna Wrona": 1,
        "Kto Publikuje": 1,
        "Kto Nie": 0,
    }
    assert links_in(mails["Anna Wrona"]) != links_in(mails["Kto Publikuje"])
    assert {name for name, mail in mails.items() if WITHOUT in mail.body} == {"Anna Wrona", "Kto Publikuje"}
    owners = db.session.scalars(select(User.name).join(MailLink, MailLink.user_id == User.id))
    assert sorted(owners) == ["Anna Wrona", "Kto Publikuje"]


def test_more_publishers_take_no_more_statements_for_their_links(make, count_queries):
    counts = []
    for publishers in (0, 3):
        plan = make.general_plan(PlanStatus.IN_REVIEW)
        for _ in range(publishers):
            make.term(plan.partnership, make.user(), can_publish=True)
        db.session.expire_all()
        with count_queries() as queries:
            approve(plan)
        counts.append(sum("INSERT INTO mail_link" in one for one in queries.statements))

    assert counts == [1, 1]


def test_the_reminder_has_a_link_of_its_own_beside_the_way_to_look_first(version, visit, clock, outbox):
    clock.tick(days=14)

    remind_to_publish()

    mail = outbox()[-1]
    (link,) = links_in(mail)
    assert (
        "One button is enough, without signing in; nothing is uploaded again:\nhttp://localhost/do/"
        in mail.body
    )
    assert (
        f"If you want to look first at what becomes public:\nhttp://localhost/plans/{version.id}/publish\n"
        in mail.body
    )
    visit().open(link).submit("Publish the plan")
    assert status_of(version) is PlanStatus.PUBLISHED


def test_a_reminder_that_was_sent_makes_no_second_link(version, clock):
    clock.tick(days=14)
    remind_to_publish()
    remind_to_publish()

    assert len(db.session.scalars(select(MailLink)).all()) == 2


def test_a_polish_leader_gets_the_link_in_a_polish_mail_and_a_polish_page(make, partnership, visit, outbox):
    leader = partnership.terms[0].user
    leader.language = "pl"
    plan = make.general_plan(PlanStatus.IN_REVIEW, partnership=partnership)
    approve(plan)
    mail = outbox()[-1]

    page = visit().open(*links_in(mail))

    assert mail.subject == "Żółta Gęś: plan zaakceptowany"
    assert f"http://localhost/plans/{plan.id}/publish\n\n" in mail.body
    assert 'lang="pl"' in page.html
    assert page.headings[0] == "Publikacja planu: Żółta Gęś"


# --- Refusals --------------------------------------------------------------------------------------------


def test_what_is_public_already_is_told_so_without_a_button(version, link, visit):
    left_open = visit().open(link)
    flow.publish_plan(version, actor=leader_of(version))
    db.session.commit()

    for page in (visit().open(link, expect=409), left_open.submit("Publish the plan", expect=409)):
        assert "The plan is public already." in page.text
        assert page.buttons == []


def test_what_was_taken_up_again_is_not_published(version, link, visit):
    left_open = visit().open(link)
    flow.reopen_plan(version, reason="One line is missing", actor=leader_of(version))
    db.session.commit()

    for page in (visit().open(link, expect=409), left_open.submit("Publish the plan", expect=409)):
        assert "There is a newer version of this plan." in page.text
    assert status_of(version) is PlanStatus.APPROVED


def test_nothing_of_a_partnership_that_closed_is_published(version, link, visit, make, clock):
    close_partnership(version.partnership, closed_on=clock.now.date(), reason="Over", actor=make.office())
    db.session.commit()

    page = visit().open(link, expect=409)

    assert page.buttons == []
    assert status_of(version) is PlanStatus.APPROVED


def test_content_that_is_not_what_was_approved_is_not_published(version, link, visit):
    version.content_hash = "0" * 64
    db.session.commit()

    page = visit().open(link, expect=409)

    assert "The content is not the one that was approved" in page.text
    assert status_of(version) is PlanStatus.APPROVED


def test_a_former_leader_publishes_nothing(version, link, visit, clock):
    left_open = visit().open(link)
    (term,) = version.partnership.terms
    term.ends_on = clock.now.date() - timedelta(days=1)
    db.session.commit()

    for page in (visit().open(link, expect=409), left_open.submit("Publish the plan", expect=409)):
        assert "This is not yours to do any more." in page.text
        assert "Żółta Gęś" not in page.text
    assert status_of(version) is PlanStatus.APPROVED


def test_a_deputy_who_may_not_publish_any_more_is_refused(make, partnership, visit, outbox):
    deputy = make.user("Kto Publikuje")
    make.term(partnership, deputy, can_publish=True)
    db.session.expire_all()
    plan = make.general_plan(PlanStatus.IN_REVIEW, partnership=partnership)
    approve(plan)
    mail = next(one for one in outbox() if one.to_name == deputy.name)
    term = next(one for one in partnership.terms if one.user is deputy)
    term.can_publish = False
    db.session.commit()

    assert "This is not yours to do any more." in visit().open(*links_in(mail), expect=409).text
    assert status_of(plan) is PlanStatus.APPROVED


def test_it_works_for_thirty_days_and_says_afterwards_that_it_has_expired(version, link, visit, clock):
    clock.tick(days=30, seconds=-1)
    still = visit().open(link)
    clock.tick(seconds=1)

    assert still.buttons == ["Publish the plan"]
    assert visit().open(link, expect=410).headings[0] == "This link has expired"
    assert still.submit("Publish the plan", expect=410).headings[0] == "This link has expired"
    assert status_of(version) is PlanStatus.APPROVED


def test_a_second_press_says_what_happened_and_publishes_nothing_again(version, link, visit, outbox):
    left_open = visit().open(link)
    visit().open(link).submit("Publish the plan")
    told = len(outbox())

    again = left_open.submit("Publish the plan")

    assert "The plan is published. Anybody can read it now." in again.text
    assert "Anna Wrona pressed the button on 15 Apr 2026" in again.text
    assert len(outbox()) == told


def test_a_link_of_one_plan_publishes_no_other(make, version, link, visit):
    other = make.general_plan(PlanStatus.IN_REVIEW)
    review.approve_plan(other, checks=set(review.ApprovalCheck), note="", actor=animator_of(other))
    db.session.commit()

    visit().open(link).submit("Publish the plan")

    assert (status_of(version), status_of(other)) == (PlanStatus.PUBLISHED, PlanStatus.APPROVED)
