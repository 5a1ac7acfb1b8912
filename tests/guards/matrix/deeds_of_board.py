"""What works on the board for many municipalities at once."""

from tests.guards.matrix.deed import Deed

WORDS = {"subject": "For {{municipality}}", "body": "Good morning {{leader}}"}

SEEN = {"is_shared": "y", "is_default": "y"}

DEEDS_OF_BOARD = {
    "board_views.index": Deed("office", fields={"name": "Drafts", "question": "stage=draft", **SEEN}),
    "board_views.edit": Deed("office", "board view", "shared", {"name": "Another name", **SEEN}),
    "board_views.remove": Deed("office", "board view", "shared"),
    "bulk.remind_leaders": Deed("office", fields={"note": ""}, names={"whole": "1"}),
    "letters.write": Deed("office", fields=WORDS, names={"whole": "1"}),
    "letters.edit": Deed("office", "letter", "draft", WORDS),
    "letters.try_out": Deed("office", "letter", "draft"),
    "letters.send": Deed("office", "letter", "draft"),
    "letters.discard": Deed("office", "letter", "draft"),
}
