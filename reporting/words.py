"""Records and events behind figures, in the reader's words, and the page each is told about on."""

from core import audit
from core.i18n import LazyString, _, _l

KINDS: dict[str, LazyString] = {
    "partnership": _l("Partnership"),
    "partnership_member": _l("Member organisation"),
    "partnership_meeting": _l("Meeting"),
    "plan": _l("Plan"),
    "plan_version": _l("Version of a plan"),
    "consultation": _l("Consultation"),
    "webinar": _l("Webinar"),
    "attendance": _l("Attendance"),
    "handbook_issue": _l("Sending of handbooks"),
}
PAGES = {
    "partnership": ("progress.partnership", "partnership_id"),
    "partnership_meeting": ("meetings.show", "meeting_id"),
    "plan_version": ("plans.show", "version_id"),
    "consultation": ("consultations.show", "consultation_id"),
    "webinar": ("webinars.show", "webinar_id"),
}
"""Of the others the row says enough."""


def kind_label(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def event_label(event: str | None) -> str:
    if event is None:
        return _("Nothing was noted; it may have been moved or removed with another record")
    return str(audit.event_label(event))
