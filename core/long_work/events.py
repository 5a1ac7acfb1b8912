"""What happens to long work, as the history names it."""

from core.audit import READS, EventKind
from core.i18n import _l


class LongWorkEvent(EventKind):
    ASKED = "long_work.asked", _l("Asked for long work")
    STOPPED = "long_work.stopped", _l("Stopped long work")
    ASKED_AGAIN = "long_work.asked_again", _l("Asked for long work again")
    FAILED = "long_work.failed", _l("Long work failed")
    FETCHED = "long_work.fetched", _l("Fetched the file that was made"), READS
