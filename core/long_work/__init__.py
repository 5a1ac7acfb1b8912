"""Work too long to wait for on a page: asked for, done by the process that runs jobs, looked at and fetched when ready."""

from core.long_work.asking import ask, open_work, stop, try_again
from core.long_work.known import (
    Lane,
    LongKind,
    Offer,
    Result,
    add_offers,
    kind_of,
    offers,
    on_end,
    register_kinds,
)
from core.long_work.models import LongState, LongWork
from core.long_work.progress import Progress
from core.long_work.setup import init_long_work

__all__ = [
    "Lane",
    "LongKind",
    "LongState",
    "LongWork",
    "Offer",
    "Progress",
    "Result",
    "add_offers",
    "ask",
    "init_long_work",
    "kind_of",
    "offers",
    "on_end",
    "open_work",
    "register_kinds",
    "stop",
    "try_again",
]
