"""What happens to news of the office, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class OfficeNewsEvent(EventKind):
    WRITTEN = "office_news.written", _l("Wrote news of the office")
    CHANGED = "office_news.changed", _l("Changed news of the office")
    PUBLISHED = "office_news.published", _l("Published news of the office")
    WITHDRAWN = "office_news.withdrawn", _l("Withdrew news of the office")
