"""What is done to the programme itself that history keeps."""

from core.audit import EventKind
from core.i18n import _l


class ProgrammeEvent(EventKind):
    WORDS = "programme.words", _l("Changed the programme's words and dates")
    NUMBERS = "programme.numbers", _l("Changed numbers of the programme")
    LOGO_ADDED = "programme.logo_added", _l("Added a logo")
    LOGO_CHANGED = "programme.logo_changed", _l("Changed a logo")
    LOGO_REMOVED = "programme.logo_removed", _l("Removed a logo")
    LIST_CHANGED = "programme.list_changed", _l("Changed a list of the programme")
    ENTRY_RETIRED = "programme.entry_retired", _l("Retired an entry of a list")
    ENTRY_BACK = "programme.entry_back", _l("Brought an entry of a list back")
