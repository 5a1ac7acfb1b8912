"""What the history remembers about private calendar feeds."""

from core.audit import EventKind
from core.i18n import _l


class FeedEvent(EventKind):
    MADE = "feed.made", _l("Made a private calendar address")
    RENEWED = "feed.renewed", _l("Replaced the private calendar address")
    REVOKED = "feed.revoked", _l("Revoked the private calendar address")
