"""From which day to which a term may be, and taking back one that has not begun."""

from datetime import date
from typing import Any

import pytest

from core.audit import story_of
from core.database import db
from papers.kinds import PaperKind
from papers.models import PaperState
from papers.page import papers_page
from papers.queries import papers_of, waiting_scans
from papers.services.making import make_paper
from papers.services.scans import keep_scan
from partnerships import services
from partnerships.errors import (
    BeforeFounding,
    BeginsInPast,
    EndsInPast,
    HandoverUnderWay,
    ReasonMissing,
)
from partnerships.handovers.jobs import hand_over
from partnerships.handovers.workflow import HandoverAction, HandoverStatus
from partnerships.models import TermKind
from tests.partnerships.handing_over import confirmed, periods
from tests.support import documents
from tests.support.forms import Upload

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


# --- Days that are over --------------------------------------------------------------------------------------


RIGHTS: dict[str, Any] = {"can_submit": False, "can_publish": False}


def test_a_leader_appoints_from_today_on_and_the_office_records_what_was(make):
    partnership, first, second = make.partnership(), make.user(), make.user()

    with pytest.raises(BeginsInPast, match="Choose today or a later day"):
        services.appoint_deputy(
            partnership, first, starts_on=YESTERDAY, actor=partnership.leader(TODAY), **RIGHTS
        )
    services.appoint_deputy(partnership, second, starts_on=YESTERDAY, actor=make.office(), **RIGHTS)

    assert partnership.deputies(YESTERDAY) == [second]


def test_the_first_leader_leads_before_the_founding(make):
    partnership, leader = make.partnership(led=False, founded_on=date(2025, 3, 1)), make.user()

    services.appoint_leader(partnership, leader, starts_on=date(2025, 1, 7), actor=make.office())

    assert partnership.leader(date(2025, 1, 7)) is leader


def test_no_other_term_begins_before_the_founding(make):
    office, deputy = make.office(), make.user()
    partnership = make.partnership(led=False, founded_on=date(2025, 3, 1))
    make.term(
        partnership,
        make.user(),
        kind=TermKind.LEADER,
        starts_on=date(2025, 1, 7),
        ends_on=date(2025, 2, 1),
    )

    with pytest.raises(BeforeFounding, match="founded on 1 Mar 2025"):
        services.appoint_leader(partnership, make.user(), starts_on=date(2025, 2, 28), actor=office)
    with pytest.raises(BeforeFounding):
        services.appoint_deputy(
            partnership,
            deputy,
            starts_on=date(2020, 1, 1),
            ends_on=date(2025, 5, 31),
            actor=office,
            **RIGHTS,
        )

    services.appoint_deputy(partnership, deputy, starts_on=date(2025, 3, 1), actor=office, **RIGHTS)
    assert partnership.deputies(date(2025, 3, 1)) == [deputy]


def test_a_leader_ends_a_term_with_yesterday_at_the_earliest(make):
    partnership = make.partnership()
    leader, term = partnership.leader(TODAY), make.term(partnership, make.user())

    with pytest.raises(EndsInPast, match="The programme office can enter an earlier day"):
        services.end_term(term, ends_on=date(2026, 4, 13), reason="Gone", actor=leader)
    services.end_term(term, ends_on=YESTERDAY, reason="", actor=leader)

    assert partnership.deputies(TODAY) == []


def test_the_office_says_why_a_term_ended_long_ago(make):
    partnership, office = make.partnership(), make.office()
    term, long_ago = partnership.leader_term(TODAY), date(2026, 3, 31)

    with pytest.raises(ReasonMissing):
        services.end_term(term, ends_on=long_ago, reason="", actor=office)
    services.end_term(term, ends_on=long_ago, reason="Resigned", actor=office)

    assert (term.ends_on, term.end_reason) == (long_ago, "Resigned")


# --- Terms that have not begun -------------------------------------------------------------------------------

LATER = date(2026, 6, 1)


def test_a_term_that_has_not_begun_is_taken_back_and_somebody_else_appointed(make, outbox):
    animator, office, person = make.animator("Marta Maj"), make.office(), make.user("Jan Wrona")
    partnership = make.partnership("Together", led=False, animator=animator)
    term = services.appoint_leader(partnership, person, starts_on=LATER, actor=office)
    told = len(outbox())

    services.end_term(term, ends_on=TODAY, reason="Moves away", actor=office)

    services.appoint_leader(partnership, make.user("Ewa Lis"), starts_on=TOMORROW, actor=office)
    assert periods(partnership) == [("Ewa Lis", "leader", TOMORROW, None)]
    event, personal = next(one for one in story_of(partnership) if "taken_back" in one[0].event)
    assert (event.event, event.actor_id, personal["note"]) == (
        "partnership.term_taken_back",
        office.id,
        "Jan Wrona: Moves away",
    )
    assert event.data["before"] == {"starts_on": "2026-06-01", "ends_on": None}
    assert [(mail.to_name, mail.subject) for mail in outbox()[told : told + 2]] == [
        ("Jan Wrona", "Your term in the partnership Together is taken back"),
        ("Marta Maj", "A term in the partnership Together is taken back"),
    ]
    assert all("1 Jun 2026" in mail.body and "Moves away" in mail.body for mail in outbox()[told : told + 2])


def test_a_term_to_come_can_get_a_last_day(make):
    partnership = make.partnership(led=False)
    term = make.term(partnership, make.user(), starts_on=LATER)

    services.end_term(term, ends_on=LATER, reason="", actor=make.office())

    assert term.ends_on == LATER


def test_what_a_handover_wrote_only_that_takes_back(make):
    handover = confirmed(make)
    assert handover.to_term is not None

    with pytest.raises(HandoverUnderWay, match="call it off first"):
        services.end_term(handover.to_term, ends_on=TODAY, reason="", actor=make.office())


def test_a_handover_is_called_off_though_a_paper_was_made_for_its_term(make, visit):
    handover, office = confirmed(make), make.office()
    paper = make_paper(PaperKind.APPOINTMENT, handover.partnership, handover.to_term, actor=office)

    services.cancel_handover(handover, reason="Ill", actor=office)
    db.session.commit()

    assert (handover.status, handover.to_term, paper.term) == (HandoverStatus.CANCELLED, None, None)
    assert paper.state == PaperState.VOID
    page = visit(as_=office).open(f"/papers/{paper.id}")
    assert "The term it was made for was taken back before it began" in page.text
    papers = visit(as_=office).open(f"/partnerships/{handover.partnership.id}/papers")
    assert "One paper that is no longer in force" in papers.text
    assert "To be signed" not in papers.text


def test_a_successor_suspended_before_the_day_leaves_everything_as_it_was_also_with_a_paper(
    make, clock, outbox
):
    handover, office = confirmed(make), make.office()
    paper = make_paper(PaperKind.APPOINTMENT, handover.partnership, handover.to_term, actor=office)
    handover.to_user.is_active = False
    db.session.commit()
    clock.move_to(clock.now.replace(day=29))

    assert hand_over() == "1 done, 0 expired"

    assert (handover.status, handover.ended_how) == (HandoverStatus.CANCELLED, HandoverAction.FAIL)
    assert (paper.term, paper.state) == (None, PaperState.VOID)
    assert periods(handover.partnership) == [("Anna Wrona", "leader", date(2024, 1, 1), None)]
    told = [mail.to_name for mail in outbox() if mail.subject == "The hand-over of Together is off"]
    assert told == ["Anna Wrona", "Marta Maj"]


def test_a_paper_no_longer_in_force_takes_no_scan_and_is_offered_for_none(make, visit):
    handover, office = confirmed(make), make.office()
    paper = make_paper(PaperKind.APPOINTMENT, handover.partnership, handover.to_term, actor=office)
    other = make_paper(PaperKind.AGREEMENT, handover.partnership, None, actor=office)
    address = f"/partnerships/{handover.partnership.id}/papers/scan"
    visitor = visit(as_=office)
    left_open = visitor.open(f"/papers/{paper.id}")
    services.cancel_handover(handover, reason="Ill", actor=office)
    db.session.commit()

    scan = Upload(documents.pdf(words="powołanie"), f"{paper.number.replace('/', '-')}.pdf")
    refused = left_open.submit("Upload the scan", expect=422, file=scan)
    sorted_by_number = visitor.open(address).submit("Upload", expect=422, file=scan)

    assert "Upload the scan" not in refused.buttons
    for page in (refused, sorted_by_number):
        assert f"The paper {paper.number} is no longer in force" in page.text
    offered = visitor.open(address).form("Upload").options("paper")
    assert [one for one in offered if one != "0"] == [str(other.id)]
    db.session.refresh(paper)
    assert (paper.scan, waiting_scans(handover.partnership)) == (None, [])


def test_a_signed_paper_of_a_term_taken_back_keeps_its_scan(make, visit):
    partnership, office = make.partnership(led=False), make.office()
    term = make.term(partnership, make.user(), kind=TermKind.LEADER, starts_on=LATER)
    paper = make_paper(PaperKind.APPOINTMENT, partnership, term, actor=office)
    keep_scan(paper, name="skan.pdf", data=documents.pdf(words="powołanie"), actor=office)
    db.session.commit()
    assert (
        "Make the appointment to sign"
        in visit(as_=office).open(f"/partnerships/{partnership.id}/people").text
    )

    services.end_term(term, ends_on=TODAY, reason="", actor=office)
    db.session.commit()

    assert periods(partnership) == []
    assert (paper.state, paper.is_signed) == (PaperState.VOID, True)
    assert [one.id for one in papers_page(papers_of(partnership)).void] == [paper.id]
