"""Making papers: filled from the records of that day, numbered without a gap, and the same paper once only."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from accounts.models import User
from core.audit import story_of
from core.database import db
from core.i18n import in_language
from handbooks.errors import ReceiptMade
from handbooks.services import take_sending_back
from papers.documents.parts import text_of
from papers.errors import NothingChosen
from papers.filling import GAP
from papers.kinds import PaperKind
from papers.markup import BlockKind
from papers.models import Paper, PaperCounter
from papers.page import papers_page
from papers.queries import papers_of
from papers.services import keep_scan, make_paper
from papers.subjects import choices_for
from partnerships.errors import PartnershipClosed
from partnerships.files.services import remove
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from tests.papers.at_once import all_at_once
from tests.support.documents import pdf

AT_ONCE = 6


def words_of(paper: Paper) -> str:
    text = text_of(paper)
    parts = [
        words for block in text.blocks for words in (*block.texts, *(" ".join(row) for row in block.cells))
    ]
    return "\n".join([text.title, *parts])


WANTED = {
    PaperKind.AGREEMENT: [
        "2 Mar 2026", "Łąki Górne", "rural municipality", "“Razem ‘Żółta Gęś’”", "Anna Lis", "Jan Wilk", "Stary Wójt",
        "Biblioteka w Łąkach", "Dyrektorka, Ewa Mróz",
    ],
    PaperKind.DECLARATION: [
        "Biblioteka w Łąkach", "REGON", "123456785", "Dyrektorka, Ewa Mróz", "7/2026", "1 Jan 2024",
    ],
    PaperKind.INVITATION: ["20 Apr 2026", "17:00", "Świetlica w Łąkach", "Powitanie", "Czego potrzebują mieszkańcy"],
    PaperKind.ATTENDANCE: ["20 Apr 2026", "Gromada Example Foundation", "GDPR", "Signature"],
    PaperKind.MINUTES: ["20 Apr 2026", "Powitanie", "What was agreed"],
    PaperKind.APPOINTMENT: ["Anna Lis", "1 Jan 2024", "Jan Wilk"],
    PaperKind.RECEIPT: ["Podręcznik partnerstw", "2, poprawione", "1 Apr 2026", "4"],
    PaperKind.CONSULTATION: ["Łąki Górne", "Anna Lis", "Jan Wilk", "Topics"],
}  # fmt: skip


@pytest.mark.parametrize("kind", PaperKind)
def test_each_kind_says_what_the_records_know(paper, kind):
    words = words_of(paper(kind))

    assert [one for one in WANTED[kind] if one not in words] == []
    assert "{" not in words


@pytest.mark.parametrize("kind", PaperKind)
def test_each_kind_speaks_polish_too(paper, kind):
    with in_language("pl"):
        made = paper(kind)

    assert made.language == "pl"
    assert made.title != str(kind.label)
    assert {"ą", "ę", "ó"} & set(words_of(made))


def test_the_mayor_of_that_day_signs(paper):
    assert "Stary Wójt" in words_of(paper(PaperKind.AGREEMENT))


def test_what_nobody_knows_is_a_line_to_write_on(partnership, paper):
    partnership.founded_on = None
    db.session.commit()

    assert f"made on {GAP} in the municipality" in words_of(paper(PaperKind.AGREEMENT))


def test_minutes_have_room_to_write_until_it_is_known_what_was_agreed(paper, meeting):
    empty = text_of(paper(PaperKind.MINUTES))
    meeting.summary = "Kursy od maja."
    known = text_of(paper(PaperKind.MINUTES))

    assert [block.kind for block in empty.blocks].count(BlockKind.LINES) == 2
    assert [block.kind for block in known.blocks].count(BlockKind.LINES) == 1
    assert "Kursy od maja." in [words for block in known.blocks for words in block.texts]


def test_numbers_count_the_papers_of_a_year(paper, clock):
    numbers = [paper(kind).number for kind in (PaperKind.AGREEMENT, PaperKind.RECEIPT)]
    clock.move_to(datetime(2027, 1, 4, 9, tzinfo=UTC))
    numbers.append(paper(PaperKind.CONSULTATION).number)
    numbers.append(paper(PaperKind.ATTENDANCE).number)

    assert numbers == ["GP/2026/0001", "GP/2026/0002", "GP/2027/0001", "GP/2027/0002"]


def test_a_year_begins_by_the_clock_of_the_country(paper, clock):
    clock.move_to(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    assert paper(PaperKind.CONSULTATION).number == "GP/2027/0001"


def test_the_same_paper_asked_for_again_is_the_same_one(paper):
    first, again = paper(PaperKind.DECLARATION), paper(PaperKind.DECLARATION)

    assert (again.id, again.number) == (first.id, "GP/2026/0001")


def test_other_words_make_another_paper_and_leave_the_first_as_it_is(paper, partnership):
    first = paper(PaperKind.CONSULTATION)
    before = words_of(first)
    partnership.name = "Razem inaczej"
    second = paper(PaperKind.CONSULTATION)

    assert second.number == "GP/2026/0002"
    assert (words_of(first), "Razem inaczej" in words_of(second)) == (before, True)


@pytest.mark.parametrize("kind", [PaperKind.AGREEMENT, PaperKind.CONSULTATION])
def test_once_the_records_say_what_they_said_before_the_paper_in_force_says_so_too(paper, partnership, kind):
    first = paper(kind)
    usual, partnership.name = partnership.name, "Razem inaczej"
    other = paper(kind)
    partnership.name = usual
    given = paper(kind)

    page = papers_page(papers_of(partnership))
    assert given in page.to_sign
    assert other in page.outdated
    assert words_of(given) == words_of(first)
    assert paper(kind) is given


def test_what_is_not_in_force_any_more_is_replaced_though_its_words_are(paper, partnership):
    first = paper(PaperKind.AGREEMENT)
    usual, partnership.name = partnership.name, "Razem inaczej"
    paper(PaperKind.AGREEMENT)
    partnership.name = usual
    given = paper(PaperKind.AGREEMENT)

    page = papers_page(papers_of(partnership))
    assert (page.to_sign, first in page.outdated) == ([given], True)


def test_a_card_that_is_signed_takes_no_other_cards_place(paper, partnership, leader):
    first = paper(PaperKind.CONSULTATION)
    usual, partnership.name = partnership.name, "Razem inaczej"
    keep_scan(paper(PaperKind.CONSULTATION), name="a.pdf", data=pdf(), actor=leader)
    partnership.name = usual

    assert paper(PaperKind.CONSULTATION) is first
    assert papers_page(papers_of(partnership)).to_sign == [first]


def test_the_next_consultation_has_a_card_of_its_own(paper, leader):
    first = paper(PaperKind.CONSULTATION)
    keep_scan(first, name="a.pdf", data=pdf(words="Wizyta 1"), actor=leader)
    second, again = paper(PaperKind.CONSULTATION), paper(PaperKind.CONSULTATION)
    keep_scan(second, name="b.pdf", data=pdf(words="Wizyta 2"), actor=leader)
    db.session.commit()

    db.session.expire_all()
    assert [one.number for one in (first, second, again)] == ["GP/2026/0001", "GP/2026/0002", "GP/2026/0002"]
    assert [one.scan.file_name for one in (first, second)] == ["a.pdf", "b.pdf"]


def test_a_card_whose_scan_was_removed_is_not_given_out_again(paper, leader):
    first = paper(PaperKind.CONSULTATION)
    keep_scan(first, name="a.pdf", data=pdf(), actor=leader)
    remove(first.scan, reason="", actor=leader)

    assert paper(PaperKind.CONSULTATION).id != first.id


def test_another_card_is_made_when_one_asks_for_it(partnership, leader, paper):
    first = paper(PaperKind.CONSULTATION)
    second = make_paper(PaperKind.CONSULTATION, partnership, actor=leader, another=True)
    page = papers_page(papers_of(partnership))

    assert second.number == "GP/2026/0002"
    assert ([one.id for one in page.to_sign], page.outdated) == ([second.id, first.id], [])


def changes_its_name(partnership, card, leader):
    partnership.name = "Razem inaczej"


def loses_its_scan(partnership, card, leader):
    remove(keep_scan(card, name="a.pdf", data=pdf(), actor=leader), reason="", actor=leader)


@pytest.mark.parametrize("happens", [changes_its_name, loses_its_scan])
def test_a_card_that_is_not_given_again_is_not_promised(partnership, leader, paper, visit, happens):
    happens(partnership, paper(PaperKind.CONSULTATION), leader)
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/papers/make/consultation")

    assert "waits to be signed" not in page.text
    assert "The paper GP/2026/0002 is ready" in page.submit("Make the paper").text


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if kind is not PaperKind.CONSULTATION])
def test_a_signed_paper_of_which_there_is_one_is_the_same_only_with_the_same_words(
    paper, partnership, leader, kind
):
    first = paper(kind)
    keep_scan(first, name="a.pdf", data=pdf(), actor=leader)
    again = paper(kind)
    partnership.name = "Razem inaczej"
    later = paper(kind)

    assert again.id == first.id
    assert (later.id != first.id) is ("Razem" in words_of(first))


def test_another_language_is_another_paper(paper):
    first = paper(PaperKind.CONSULTATION)
    with in_language("pl"):
        second = paper(PaperKind.CONSULTATION)

    assert second.id != first.id


def test_the_same_words_about_another_member_are_another_paper(make, partnership, leader):
    make.member(partnership, make.organisation("Biblioteka w Łąkach", municipality=partnership.municipality))
    kinds = choices_for(PaperKind.DECLARATION, partnership)

    papers = [make_paper(PaperKind.DECLARATION, partnership, one.about, actor=leader) for one in kinds]

    assert len({one.id for one in papers}) == 2


def test_the_code_of_a_paper_cannot_be_guessed(paper):
    tokens = {paper(kind).token for kind in PaperKind}

    assert len(tokens) == len(PaperKind)
    assert min(len(token) for token in tokens) >= 32


def test_a_paper_about_nothing_in_particular_is_refused(partnership, leader):
    with pytest.raises(NothingChosen, match="Choose what the paper is about"):
        make_paper(PaperKind.MINUTES, partnership, actor=leader)

    assert db.session.scalars(select(Paper)).all() == []


def test_a_refused_paper_uses_no_number(partnership, leader, paper):
    partnership.status, partnership.closed_on = PartnershipStatus.CLOSED, date(2026, 4, 1)
    db.session.commit()

    with pytest.raises(PartnershipClosed):
        make_paper(PaperKind.AGREEMENT, partnership, actor=leader)
    db.session.rollback()

    assert db.session.scalars(select(PaperCounter)).all() == []


def test_a_number_whose_paper_came_to_nothing_is_given_again(partnership, leader, paper):
    make_paper(PaperKind.AGREEMENT, partnership, actor=leader)
    db.session.rollback()

    assert paper(PaperKind.AGREEMENT).number == "GP/2026/0001"


def test_the_history_tells_who_made_it(partnership, leader, paper):
    made = paper(PaperKind.AGREEMENT)

    event, _personal = story_of(partnership)[0]
    assert (event.event, event.actor_id, event.record_id, event.data["number"]) == (
        "paper.made",
        leader.id,
        made.id,
        "GP/2026/0001",
    )


def test_nobody_is_invited_to_a_meeting_that_is_called_off_or_over(partnership, meeting, clock):
    offered = [len(choices_for(kind, partnership)) for kind in (PaperKind.INVITATION, PaperKind.MINUTES)]
    clock.move_to(datetime(2026, 4, 25, 9, tzinfo=UTC))
    after = [len(choices_for(kind, partnership)) for kind in (PaperKind.INVITATION, PaperKind.MINUTES)]

    assert (offered, after) == ([1, 1], [0, 1])


# --- Many at the same moment -----------------------------------------------------------------------------


def test_papers_made_at_once_are_numbered_without_a_gap(app, make):
    actor_id = make.office().id

    def maker(partnership_id: int) -> Callable[[], object]:
        def one() -> None:
            partnership = db.session.get_one(Partnership, partnership_id)
            make_paper(PaperKind.CONSULTATION, partnership, actor=db.session.get_one(User, actor_id))

        return one

    all_at_once(app, [maker(make.partnership().id) for _number in range(AT_ONCE)])

    db.session.expire_all()
    serials = sorted(db.session.scalars(select(Paper.serial)))
    assert serials == list(range(1, AT_ONCE + 1))


def test_the_same_paper_made_at_once_is_made_once(app, make):
    actor_id, partnership_id = make.office().id, make.partnership().id

    def one() -> None:
        partnership = db.session.get_one(Partnership, partnership_id)
        make_paper(PaperKind.CONSULTATION, partnership, actor=db.session.get_one(User, actor_id))

    all_at_once(app, [one] * AT_ONCE)

    db.session.expire_all()
    assert list(db.session.scalars(select(Paper.serial))) == [1]


def test_a_sending_with_a_receipt_is_not_taken_back(paper, issue, make):
    receipt = paper(PaperKind.RECEIPT)
    told = len(story_of(issue.municipality))

    with pytest.raises(ReceiptMade):
        take_sending_back(issue, actor=make.office())

    assert receipt.about is issue
    assert len(story_of(issue.municipality)) == told
