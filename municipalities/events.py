"""What the history remembers of the register."""

from core.audit import EventKind
from core.i18n import _l


class RegisterEvent(EventKind):
    UNITS_IMPORTED = "register.units_imported", _l("Official register imported")
    POPULATION_IMPORTED = "register.population_imported", _l("Population imported")
