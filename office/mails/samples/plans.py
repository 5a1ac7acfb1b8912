"""Plans and decisions on them."""

from collections.abc import Callable
from typing import Any

from core.i18n import _
from core.mail_samples import Samples
from office.mails.samples.people import ANIMATOR, LEADER, OFFICE, PARTNERSHIP, Thing, at, in_days, link
from plans.workflow import PlanStatus


def _context(**more: Any) -> Callable[[], dict[str, Any]]:
    def made() -> dict[str, Any]:
        plan = Thing(
            id=1, title=_("General plan"), is_general=True, partnership=PARTNERSHIP, partnership_id=1
        )
        version = Thing(
            id=1, round=1, returns=3, status=PlanStatus.APPROVED, submission_on_behalf="", publication_on_behalf="",
            publish_on_approval_at=at(-10), plan=plan, partnership=PARTNERSHIP,
        )  # fmt: skip
        return {
            "plan": plan, "version": version, "actor": ANIMATOR, "due_on": in_days(14), "keeper": ANIMATOR,
            "consented": True, "lapsed": False, "is_over": False, "goes_on": {1}, "publish_link": lambda person: link("do/xxxx"), "publisher": LEADER, "reason": _reason(),
            "feedback": _reason(), "due_day": in_days(-2), "approved_on": at(-20), "number": 2, "versions": [version], "note": _reason(), "remarks": [Thing(text=_reason(), uid="xxxx", opened_again_with="")], "talks": False, "where": _where, **more,
        }  # fmt: skip

    return made


def _where(remark: Any) -> str:
    return _("Needs") + ", 2"


def _reason() -> str:
    return "Proszę dopisać, skąd wiadomo o tej potrzebie: z rozmów, ankiety albo danych ośrodka."


SAMPLES: Samples = {
    "plans/mail/approved": _context(),
    "plans/mail/approved_and_published": _context(),
    "plans/mail/corrected": _context(actor=OFFICE),
    "plans/mail/decided_for_you": _context(actor=OFFICE),
    "plans/mail/feedback_given": _context(),
    "plans/mail/feedback_wanted": _context(actor=LEADER),
    "plans/mail/published": _context(actor=LEADER),
    "plans/mail/reopened": _context(),
    "plans/mail/returned": _context(),
    "plans/mail/returned_often": _context(),
    "plans/mail/review_moved": _context(),
    "plans/mail/submitted": _context(actor=LEADER),
    "plans/mail/publish_reminder": _context(),
    "plans/mail/review_due": _context(),
    "plans/mail/review_overdue": _context(),
    "plans/mail/template_behind": _context(),
    "plans/mail/withdrawn": _context(actor=LEADER),
}
