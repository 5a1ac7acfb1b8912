"""What can happen to papers and to their texts, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class PaperEvent(EventKind):
    MADE = "paper.made", _l("Made a paper to sign")
    SIGNED = "paper.signed", _l("Kept the signed scan of a paper")
    TEXT_CHANGED = "paper.text_changed", _l("Changed the text of a kind of paper")
    TEXT_RESTORED = "paper.text_restored", _l("Put the programme's own text of a kind of paper back")
