"""What the history remembers of files taken away."""

from core.audit import READS, EventKind
from core.i18n import _l


class DossierEvent(EventKind):
    TAKEN = "dossier.taken", _l("Took away the partnership's whole file"), READS
