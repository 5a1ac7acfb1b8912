"""What the history remembers of the register."""

from core.audit import EventKind
from core.i18n import _l


class RegisterEvent(EventKind):
    UNITS_IMPORTED = "register.units_imported", _l("Official register imported")
    POPULATION_IMPORTED = "register.population_imported", _l("Population imported")


class ChangeEvent(EventKind):
    PROPOSED = "municipality_change.proposed", _l("Proposed by an official file")
    DRAFTED = "municipality_change.drafted", _l("Entered the change")
    EDITED = "municipality_change.edited", _l("Changed the draft")
    DECIDED = "municipality_change.decided", _l("Decided what follows")
    DISCARDED = "municipality_change.discarded", _l("Discarded the draft")
    APPLIED = "municipality_change.applied", _l("Applied the change of municipalities")
    UNDONE = "municipality_change.undone", _l("Undid the change of municipalities")
