"""Reminding more leaders than a page can wait for: each once, by the process that runs jobs."""

from collections.abc import Sequence
from hashlib import sha256

from accounts.models import User
from accounts.policy import Permission, can
from core import clock
from core.database import db
from core.i18n import _l, ngettext
from core.long_work import LongKind, LongWork, Progress, ask
from office.reminding import Lacking, lacking, remind

REMINDING = "office.remind"
AT_ONCE = 50
"""Mails that are written in one transaction; more than this are not written while a page waits."""


def remind_later(found: Sequence[Lacking], *, note: str, actor: User) -> LongWork:
    ids = [one.partnership.id for one in found if one.gets_mail]
    which = sha256(repr(ids).encode()).hexdigest()[:16]
    about = f"person:{actor.id}:{clock.today().isoformat()}:{which}"
    return ask(REMINDING, about=about, actor=actor, total=len(ids), partnerships=ids, note=note)


def remind_all(work: LongWork, progress: Progress) -> None:
    """Whoever was reminded by another meanwhile, or has nothing left to do, is passed over."""
    ids = [int(one) for one in work.parameters["partnerships"]]
    note = str(work.parameters["note"])
    for start in range(progress.done, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        remind(lacking(some), note=note, actor=db.session.get_one(User, work.asked_by_id))
        progress.keep(start + len(some), len(ids))


def _forget_note(work: LongWork) -> None:
    """The mails and the history have it."""
    work.parameters = {**work.parameters, "note": ""}


KIND = LongKind(
    REMINDING,
    does=_l("Reminder to leaders"),
    run=remind_all,
    may=lambda person: can(person, Permission.LETTER_WRITE),
    words=lambda work: ngettext("Reminder to one leader", "Reminder to %(num)d leaders", work.total),
    ended=_forget_note,
)
