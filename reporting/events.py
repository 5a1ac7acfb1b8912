"""What can happen to a report, as the history names it."""

from core.audit import READS, EventKind
from core.i18n import _l


class ReportingEvent(EventKind):
    CLOSING = "reporting.closing", _l("Began closing a reporting period")
    FROZEN = "reporting.frozen", _l("Froze the figures of a reporting period")
    SUBMITTED = "reporting.submitted", _l("Marked a report as sent to the funder")
    CHASED = "reporting.chased", _l("Reminded of what a report still lacks")
    DOWNLOADED = "reporting.downloaded", _l("Downloaded a report"), READS
    YEAR_DOWNLOADED = "reporting.year_downloaded", _l("Downloaded a year in numbers"), READS
