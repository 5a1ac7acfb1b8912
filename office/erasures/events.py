"""What is done about requests for erasure that history keeps."""

from core.audit import EventKind
from core.i18n import _l


class ErasureEvent(EventKind):
    ENTERED = "erasure.entered", _l("Entered a request for erasure")
    DONE = "erasure.done", _l("Erased a person")
    REFUSED = "erasure.refused", _l("Closed a request for erasure without erasing")
