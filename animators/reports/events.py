"""What the office takes out of the reports, as the history keeps it."""

from core.audit import READS, EventKind
from core.i18n import _l


class ReportEvent(EventKind):
    LEDGER_EXPORTED = "hours.ledger_exported", _l("Exported the ledger of hours"), READS
