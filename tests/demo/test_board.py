"""Of every partnership of the demonstration the board and the list of those at risk say what its files say."""

from sqlalchemy import select

from core.database import db
from office.board.queries import board_page, board_rows, sorting
from office.board.rows import BoardRow
from office.board.wanted import BoardFilter, Part
from overview.risks import at_risk
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from tests.office.plain_board import plain_row
from tests.office.test_board_any_life import told
from tests.overview.plain_risks import plain_risks


def test_the_board_says_of_everybody_what_the_files_say(demo):
    with demo.test_request_context("/office/board"):
        open_ones = db.session.scalars(
            select(Partnership).where(Partnership.status != PartnershipStatus.CLOSED)
        ).all()
        order, pages = sorting(), list[BoardRow]()
        for number in range(1, -(-len(open_ones) // 50) + 1):
            page = board_page(BoardFilter(), order, list(Part), number=number, total=len(open_ones))
            pages += page.rows
        everybody = board_rows(BoardFilter(settled_from=0), order, list(Part))
        expected = {one.id: plain_row(one) for one in open_ones}

    assert {row.partnership_id: told(row) for row in pages} == expected
    assert {row.partnership_id: told(row) for row in everybody} == expected
    assert len(expected) > 100


def test_those_at_risk_are_those_that_the_files_tell_of(demo):
    with demo.test_request_context("/office/overview"):
        found: dict[int, set[tuple[str, object]]] = {}
        for one in at_risk():
            found.setdefault(one.partnership_id, set()).add((str(one.risk), one.since))
        every = db.session.scalars(select(Partnership)).all()
        expected = {one.id: plain_risks(one) for one in every}

    assert found == {key: risks for key, risks in expected.items() if risks}
    assert found
