"""Ostrowice, for real: an official file proposes its end, a person decides, everything follows, and can be taken back."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select

from accounts.models import User
from core.audit import story_of
from core.database import Base, db
from core.i18n import _, in_language
from core.mail import OutboxMail
from municipalities import followers
from municipalities.change_queries import successors_of
from municipalities.models import MunicipalityChange
from municipalities.services.changing import (
    Part,
    apply_change,
    decide,
    draft_change,
    undo_change,
)
from municipalities.workflow import ChangeKind, ChangeStatus
from partnerships.errors import LeaderToCome, PartnershipClosed
from partnerships.events import PartnershipEvent
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.workflow import HandoverStatus
from partnerships.models import AnimatorAssignment, AssignmentKind, Partnership, TermKind
from partnerships.services import accept_handover, confirm_handover, request_handover
from partnerships.workflow import PartnershipStatus
from plans.queries import plans_awaiting_review
from plans.services.review import return_plan
from plans.workflow import PlanStatus
from tests.municipalities.ostrowice import (
    AFTER,
    DRAWSKO,
    LAW,
    OSTROWICE,
    ZLOCIENIEC,
    Drawsko,
    unit,
)
from tests.visit import Upload

TODAY, YESTERDAY = date(2026, 4, 15), date(2026, 4, 14)
IN_2019 = date(2019, 1, 1)

TABLES = (
    "municipality", "municipality_code", "municipality_name", "organisation", "partnership", "partnership_member",
    "leader_term", "animator_assignment", "plan", "plan_version", "plan_entry",
)  # fmt: skip


def rows_of(*tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of these tables, to see that nothing at all is different."""
    found = {}
    for name in tables or TABLES:
        table = Base.metadata.tables[name]
        found[name] = [tuple(row) for row in db.session.execute(select(table).order_by(table.c.id))]
    return found


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def drawsko(make) -> Drawsko:
    return Drawsko(make)


def lines(change: MunicipalityChange) -> list[str]:
    return [line.text for topic in followers.preview(change) for line in topic.lines]


def people(terms: Sequence[object]) -> list[tuple[object, ...]]:
    return [
        (term.user.name, str(term.kind), term.starts_on, term.ends_on, term.can_submit)  # type: ignore[attr-defined]
        for term in terms
    ]


def test_the_file_of_2019_proposes_the_end_of_ostrowice_and_changes_nothing(drawsko):
    before = rows_of()

    change = drawsko.proposed()

    assert (change.kind, change.status, change.effective_on) == (
        ChangeKind.ABOLISH,
        ChangeStatus.DRAFT,
        IN_2019,
    )
    assert [one.name for one in change.sources] == ["Ostrowice"]
    assert change.targets == []
    assert rows_of() == before


def test_the_preview_names_everything_that_is_touched(drawsko):
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)

    assert lines(change) == [
        "Cyfrowe Ostrowice, Ostrowice: merges into Drawsko w sieci",
        "Leader: Ewa Ostrowska",
        "Deputies: Ala Zastępca",
        "1 member: Biblioteka w Ostrowicach",
        "Drawsko w sieci, Drawsko Pomorskie: goes on",
        "Leader: Jan Drawski",
        f"Animator of Ostrowice: Animator {OSTROWICE}, until the change is applied",
        "General plan 2026–2028, Cyfrowe Ostrowice (Published): stays to be read",
        "General plan 2026–2028, Drawsko w sieci (Published)",
        "Visits of Ostrowice, 8 h granted and 0 h used: from then on with Drawsko Pomorskie",
        "Remote advice of Ostrowice, 8 h granted and 0 h used: from then on with Drawsko Pomorskie",
        "Ostrowice: its public plan keeps its address and says who has the land",
    ]


def test_applying_takes_everything_along(drawsko):
    change = drawsko.merged()

    old, new = (
        db.session.get_one(Partnership, drawsko.ostrowice.id),
        db.session.get_one(Partnership, drawsko.drawsko.id),
    )
    assert (unit(OSTROWICE).valid_to, change.status) == (date(2018, 12, 31), ChangeStatus.APPLIED)
    assert (old.status, old.closed_on, old.successor, old.is_merged) == (
        PartnershipStatus.CLOSED, TODAY, new, True,
    )  # fmt: skip
    assert people(old.terms) == [
        ("Ewa Ostrowska", "leader", date(2024, 1, 1), YESTERDAY, False),
        ("Ala Zastępca", "deputy", date(2024, 1, 1), YESTERDAY, True),
    ]
    assert people(new.terms) == [
        ("Jan Drawski", "leader", date(2024, 1, 1), YESTERDAY, False),
        ("Ewa Ostrowska", "leader", TODAY, None, False),
        ("Ala Zastępca", "deputy", TODAY, None, False),
    ]
    assert [(one.organisation.name, one.joined_on) for one in new.members] == [
        ("Biblioteka w Ostrowicach", date(2025, 3, 1))
    ]
    assert drawsko.library.municipality.name == "Drawsko Pomorskie"
    assert [one.ends_on for one in old.assignments] == [YESTERDAY]
    assert [(one.animator.name, one.starts_on) for one in _assignments(ZLOCIENIEC)] == [
        (f"Animator {OSTROWICE}", TODAY)
    ]
    assert [one.name for one in successors_of(unit(OSTROWICE))] == ["Drawsko Pomorskie", "Złocieniec"]


def _assignments(code: str):
    return db.session.scalars(
        select(AnimatorAssignment).where(AnimatorAssignment.municipality_id == unit(code).id)
    ).all()


def test_undoing_brings_back_every_row_exactly(drawsko, make):
    make.term(drawsko.ostrowice, make.user(), starts_on=date(2026, 5, 1))
    make.assignment(
        drawsko.ostrowice.municipality, make.animator(), kind=AssignmentKind.COVER,
        starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 31),
    )  # fmt: skip
    change = drawsko.divided()
    before = rows_of()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.leader.id)}, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()
    assert [term.starts_on for term in drawsko.ostrowice.terms] == [date(2024, 1, 1)] * 2
    assert [one.ends_on for one in drawsko.ostrowice.assignments] == [YESTERDAY]

    drawsko.undo(change)

    assert rows_of() == before
    assert (change.status, successors_of(unit(OSTROWICE))) == (ChangeStatus.UNDONE, [])


def test_the_office_does_all_of_it_on_its_pages(drawsko, visit):
    """From the official file to the decision, and back again, without a command."""
    visitor = visit(as_=drawsko.office)
    sent = Upload(AFTER.read_bytes(), AFTER.name, "text/csv")
    listed = visitor.open("/municipalities/changes/take-in").submit("Take it in", file=sent, allow_ending=100)
    assert listed.tables[0][1:] == [
        ["Ostrowice Abolition", "nobody named yet", "1 Jan 2019 due", "the official file"]
    ]

    draft = listed.follow("Ostrowice")
    assert "Name who has its land" in draft.text
    named = draft.follow("Change the draft").submit(
        "Save the draft", neighbours=[DRAWSKO, ZLOCIENIEC], legal_basis=LAW
    )
    assert [one for one in named.headings if one in ("To decide", "What it touches")] == [
        "To decide", "What it touches",
    ]  # fmt: skip
    decided = named.submit("Save the decisions")
    done = decided.submit("Apply the change")

    assert "What becomes of the partnership? It merges into Drawsko w sieci, Drawsko Pomorskie" in done.text
    assert "Undo the change" in done.buttons
    assert visitor.open(f"/partnerships/{drawsko.ostrowice.id}").links["Drawsko w sieci"] == (
        f"/partnerships/{drawsko.drawsko.id}"
    )
    undone = done.submit("Undo the change")
    assert "The change is undone: everything is as it was before." in undone.text
    assert unit(OSTROWICE).valid_to is None


# --- What is merged stays to be read ---------------------------------------------------------------------------


def test_the_leader_of_the_successor_reads_what_the_merged_one_left_and_changes_nothing(drawsko, visit, make):
    draft = make.annual_plan(partnership=drawsko.ostrowice)
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.other_leader.id)}, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()

    heir, former = visit(as_=drawsko.other_leader), visit(as_=drawsko.leader)
    assert heir.open(f"/partnerships/{drawsko.ostrowice.id}").headings[0] == "Cyfrowe Ostrowice"
    assert heir.open(f"/plans/{draft.id}").headings[0] == "Annual plan 2026: Ostrowice"
    assert "Cyfrowe Ostrowice" in heir.open("/partnerships").text
    heir.open(f"/plans/{draft.id}/upload", expect=403)
    former.open(f"/plans/{draft.id}", expect=403)


WIERZCHOWO = "3203052"


def wierzchowo_ends(make, office: User, status: PlanStatus):
    """A municipality whose plan is under way ends; its neighbour's partnership has no plan yet."""
    ends = make.partnership("Wierzchowo online", municipality=unit(WIERZCHOWO), animator=make.animator())
    goes_on = make.partnership("Złocieniec klika", municipality=unit(ZLOCIENIEC), animator=make.animator())
    version = make.general_plan(status, partnership=ends)
    change = draft_change(
        ChangeKind.ABOLISH, effective_on=TODAY, legal_basis=None, sources=[Part(unit(WIERZCHOWO))],
        targets=[Part(unit(ZLOCIENIEC))], actor=office,
    )  # fmt: skip
    db.session.flush()
    leader = ends.leader(TODAY)
    decide(change, {"successor": f"partnership:{goes_on.id}"}, actor=office)
    decide(change, {"leader": str(leader.id)}, actor=office)
    return change, version, goes_on


def test_an_open_review_is_asked_about_and_moves_along(drawsko, make):
    change, version, goes_on = wierzchowo_ends(make, drawsko.office, PlanStatus.IN_REVIEW)
    assert [(one.key, [value for value, _words in one.choices]) for one in followers.still_open(change)] == [
        (f"plan:{version.id}", ["move", "stop"])
    ]

    decide(change, {f"plan:{version.id}": "move"}, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()

    assert (version.partnership, version.status) == (goes_on, PlanStatus.IN_REVIEW)
    animator = goes_on.animator(TODAY)
    assert [one.id for one in plans_awaiting_review(animator=animator)] == [version.id]
    undo_change(change, actor=drawsko.office)
    assert version.partnership.name == "Wierzchowo online"


def test_an_open_review_that_stops_is_decided_by_nobody(drawsko, make):
    change, version, _goes_on = wierzchowo_ends(make, drawsko.office, PlanStatus.IN_REVIEW)
    animator = version.partnership.animator(TODAY)

    decide(change, {f"plan:{version.id}": "stop"}, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()

    assert (version.partnership.name, version.status) == ("Wierzchowo online", PlanStatus.IN_REVIEW)
    assert list(plans_awaiting_review(animator=animator)) == []
    with pytest.raises(PartnershipClosed):
        return_plan(version, note="Too late", actor=drawsko.office)


def asked_to_lead(partnership: Partnership, person: User, *, by: User) -> LeaderHandover:
    handover = request_handover(partnership, person, effective_on=date(2026, 5, 1), actor=by)
    db.session.commit()
    return handover


def mails_called(subject: str) -> dict[str, str]:
    found = db.session.execute(
        select(OutboxMail.to_name, OutboxMail.body).where(OutboxMail.subject == subject)
    )
    return {one.to_name: one.body for one in found}


def test_hand_overs_where_terms_end_are_called_off_and_those_who_waited_are_told(drawsko, make):
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.leader.id)}, actor=drawsko.office)
    merged = asked_to_lead(drawsko.ostrowice, make.user("Nowa Liderka"), by=drawsko.leader)
    taking_in = asked_to_lead(drawsko.drawsko, make.user("Nowy Lider"), by=drawsko.other_leader)
    preview = lines(change)

    apply_change(change, actor=drawsko.office)
    db.session.commit()

    assert (
        "Hand-over under way in Drawsko w sieci: to Nowy Lider from 1 May 2026. It is called off." in preview
    )
    assert [(one.status, one.ended_by) for one in (merged, taking_in)] == [
        (HandoverStatus.CANCELLED, drawsko.office)
    ] * 2
    with in_language("pl"):
        merges = "Municipalities change: the partnership merges into %(name)s."
        assert merged.end_reason == _(merges, name="Drawsko w sieci")
    told = mails_called("The hand-over of Cyfrowe Ostrowice is off")
    assert set(told) == {"Nowa Liderka", "Ewa Ostrowska"}
    assert merged.end_reason in told["Nowa Liderka"]
    assert "Nothing changes" not in told["Nowa Liderka"]
    assert set(mails_called("The hand-over of Drawsko w sieci is off")) == {"Nowy Lider", "Jan Drawski"}


def test_a_hand_over_in_a_partnership_that_takes_others_in_under_its_own_leader_goes_on(drawsko, make):
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.other_leader.id)}, actor=drawsko.office)
    handover = asked_to_lead(drawsko.drawsko, make.user("Nowy Lider"), by=drawsko.other_leader)
    preview = lines(change)

    apply_change(change, actor=drawsko.office)

    assert "Hand-over under way in Drawsko w sieci: to Nowy Lider from 1 May 2026" in preview
    assert handover.status is HandoverStatus.REQUESTED


def test_a_confirmed_hand_over_stays_called_off_when_the_change_is_undone(drawsko, make):
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.other_leader.id)}, actor=drawsko.office)
    before = people(drawsko.ostrowice.terms)
    handover = asked_to_lead(drawsko.ostrowice, make.user("Nowa Liderka"), by=drawsko.leader)
    accept_handover(handover, actor=handover.to_user)
    confirm_handover(handover, actor=drawsko.animators[OSTROWICE])
    db.session.commit()

    apply_change(change, actor=drawsko.office)
    db.session.commit()
    drawsko.undo(change)

    assert handover.status is HandoverStatus.CANCELLED
    assert people(drawsko.ostrowice.terms) == before


def test_deputies_who_come_along_stand_in_the_history(drawsko):
    drawsko.merged()

    told = [
        (event.record_kind, event.data["after"], personal)
        for event, personal in story_of(drawsko.drawsko)
        if event.event == PartnershipEvent.DEPUTY_APPOINTED
    ]

    assert [(kind, after) for kind, after, _personal in told] == [
        (
            "leader_term",
            {"starts_on": TODAY.isoformat(), "ends_on": None, "can_submit": False, "can_publish": False},
        )
    ]
    assert told[0][2]["note"] == "Ala Zastępca"


def test_a_leader_to_come_in_the_successor_stands_in_the_way(drawsko, make):
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.leader.id)}, actor=drawsko.office)
    drawsko.drawsko.terms[0].ends_on = date(2026, 5, 31)
    make.term(drawsko.drawsko, make.user(), kind=TermKind.LEADER, starts_on=date(2026, 6, 1))

    with pytest.raises(LeaderToCome) as refusal:
        apply_change(change, actor=drawsko.office)

    assert str(refusal.value) == (
        "The partnership Drawsko w sieci has a leader whose term is still to begin. End that term first."
    )


def test_everybody_around_is_told_in_one_mail(drawsko, outbox):
    drawsko.merged()

    told = [
        (mail.to_address, mail.subject) for mail in outbox() if "Municipalities have changed" in mail.subject
    ]
    assert sorted(address for address, _subject in told) == sorted(
        person.mail_address
        for person in (
            drawsko.leader, drawsko.other_leader, drawsko.deputy, drawsko.animators[OSTROWICE],
            drawsko.animators[DRAWSKO],
        )
    )  # fmt: skip
