"""What can happen to a file, as the history of its partnership names it."""

from core.audit import READS, EventKind
from core.i18n import _l


class FileEvent(EventKind):
    ADDED = "file.added", _l("Added a file")
    SIGNED = "file.signed", _l("Added a signature to a file")
    REPLACED = "file.replaced", _l("Put a newer file in place of another")
    CHANGED = "file.changed", _l("Changed the title of a file or who may open it")
    REMOVED = "file.removed", _l("Removed a file")
    EXPIRED = "file.expired", _l("A file was removed because its time was over")
    OPENED = "file.opened", _l("Opened a file with personal data"), READS
