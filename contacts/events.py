"""What the history remembers about contacts."""

from core.audit import READS, EventKind
from core.i18n import _l


class ContactEvent(EventKind):
    EXPORTED = "contacts.exported", _l("Exported contacts"), READS
