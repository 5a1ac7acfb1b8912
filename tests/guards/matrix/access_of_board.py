"""Who may open what of the board: its views, its deeds for many municipalities, its letters."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import READ_PARTNERSHIP, Access, on, page
from tests.guards.matrix.people import ANIMATOR, DEPUTY, LEADER, OFFICE

VIEW, LETTER = on("board view", OFFICE), on("letter", OFFICE)

ACCESS_OF_BOARD: Mapping[str, Access] = {
    "board_views.index": page(OFFICE),
    "board_views.edit": VIEW,
    "board_views.remove": VIEW,
    "bulk.remind_leaders": page(OFFICE),
    "bulk.reassign": page(OFFICE),
    "letters.index": page(OFFICE),
    "letters.write": page(OFFICE),
    "letters.show": LETTER,
    "letters.edit": LETTER,
    "letters.try_out": LETTER,
    "letters.send": LETTER,
    "letters.discard": LETTER,
    "letters.file": on("letter file", OFFICE),
    "letters.of_partnership": READ_PARTNERSHIP,
    "letters.sent_file": on("sent letter's file", LEADER, DEPUTY, ANIMATOR, OFFICE),
}
