"""Who may open what of long work: the office its list, whoever asked for a piece and the office that piece, its file only the asker."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import Access, on, page
from tests.guards.matrix.people import ASKER, OFFICE

WAITING, READY = on("waiting work", OFFICE), on("ready work", OFFICE)

ACCESS_OF_LONG_WORK: Mapping[str, Access] = {
    "exchange.index": page(OFFICE),
    "bulk.whole_files": page(OFFICE),
    "archive.whole": page(OFFICE),
    "long_work.show": READY,
    "long_work.state": WAITING,
    "long_work.result": on("ready work", ASKER),
    "long_work.stop_work": WAITING,
    "long_work.again": on("failed work", OFFICE),
}
