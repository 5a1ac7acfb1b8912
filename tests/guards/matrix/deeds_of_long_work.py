"""What works on the pages of long work."""

from tests.guards.matrix.deed import Deed

DEEDS_OF_LONG_WORK = {
    "bulk.whole_files": Deed("office", names={"whole": "1"}),
    "archive.whole": Deed("office", fields={"with_partnerships": "y"}),
    "long_work.stop_work": Deed("office", "waiting work", "waiting"),
    "long_work.again": Deed("office", "failed work", "failed"),
}
