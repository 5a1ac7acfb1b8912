"""How far a piece of work is, in a sentence."""

from core.formatting import number
from core.i18n import _
from core.long_work import LongState, LongWork


def how_far(work: LongWork) -> str:
    if work.state is LongState.QUEUED:
        return _("It begins in a moment.")
    if not work.total:
        return _("It is being prepared.")
    return _("%(done)s of %(total)s", done=number(work.done), total=number(work.total))


def why_failed(work: LongWork) -> str:
    """What people can do with it; the reference stands beside it."""
    return work.reason or _("Something went wrong on our side. It was tried several times.")
