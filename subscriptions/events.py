"""What happens to subscriptions and issues, as the history names it. It never holds an address."""

from core.audit import EventKind
from core.i18n import _l


class NewsEvent(EventKind):
    BEGUN = "subscription.begun", _l("Began to get news by mail")
    CHANGED = "subscription.changed", _l("Changed which news come by mail")
    ENDED = "subscription.ended", _l("Stopped getting news by mail")
    DRAFTED = "digest.drafted", _l("Drafted the digest of the week")
    WRITTEN = "digest.written", _l("Changed the words of the digest")
    TAKEN_OUT = "digest.taken_out", _l("Took something out of the digest")
    PUT_BACK = "digest.put_back", _l("Put something back into the digest")
    MOVED = "digest.moved", _l("Changed the order of the digest")
    ADDED = "digest.added", _l("Added something of their own to the digest")
    LEFT_OUT = "digest.left_out", _l("Left the digest of a week out")
    RELEASED = "digest.released", _l("Released the digest")
