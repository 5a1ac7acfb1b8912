"""What is done about requests for erasure that history keeps."""

from core.audit import READS, EventKind
from core.i18n import _l


class ErasureEvent(EventKind):
    ENTERED = "erasure.entered", _l("Entered a request for erasure")
    COPIED = "erasure.copied", _l("Took a copy of their own data"), READS
    SETTLED = "erasure.settled", _l("Settled texts that may name the person")
    REPEATED = "erasure.repeated", _l("Erased a person again whom a copy of the database had brought back")
    DONE = "erasure.done", _l("Erased a person")
    REFUSED = "erasure.refused", _l("Closed a request for erasure without erasing")
