"""What works on the pages of the minimum tasks."""

from tests.guards.matrix.deed import Deed

DEEDS_OF_TASKS = {
    "tasks.waive": Deed(
        "office",
        "partnership",
        "adraft",
        {"reason": "Gmina przystąpiła później"},
        names={"task": "T5_VISITS"},
    ),
    "tasks.ask_again": Deed("office", "partnership", "anew", names={"task": "T6_REMOTE"}),
}
