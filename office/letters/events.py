"""What happens to letters, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class LetterEvent(EventKind):
    DRAFTED = "letter.drafted", _l("Began a letter to leaders")
    CHANGED = "letter.changed", _l("Changed a letter to leaders")
    DISCARDED = "letter.discarded", _l("Threw a letter to leaders away")
    SENT = "letter.sent", _l("Sent a letter to leaders")
    WRITTEN_TO = "letter.written_to", _l("The programme office wrote to the leader")
