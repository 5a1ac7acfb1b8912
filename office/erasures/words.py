"""What tables are called where people read of them."""

from collections.abc import Mapping

from core.i18n import LazyString, _, _l

NAMES: dict[str, LazyString] = {
    "audit_personal": _l("Words in the history"),
    "outbox_mail": _l("Mails"),
    "webinar_registration": _l("Seats at webinars"),
    "attendance_line": _l("Lists of who was at a webinar"),
    "partnership_member": _l("Members of partnerships"),
    "organisation": _l("Organisations"),
    "consultation": _l("Visits and advice"),
    "partnership_meeting": _l("Meetings"),
    "review_comment": _l("Remarks"),
    "record_import": _l("Uploaded registers"),
    "attachment": _l("Names of files"),
    "partnership": _l("Partnerships"),
    "leader_handover": _l("Hand-overs"),
    "leader_term": _l("Terms of leaders"),
    "advice_request": _l("Requests for advice"),
    "follow_up": _l("Agreed next steps"),
    "webinar": _l("Webinars"),
    "recording": _l("Recordings of webinars"),
    "work_card": _l("Work cards"),
    "work_card_line": _l("Work cards"),
    "board_letter": _l("Letters from the office"),
    "plan_import": _l("Uploaded workbooks of plans"),
    "import_finding": _l("Uploaded workbooks of plans"),
    "self_assessment_area": _l("Self-assessments"),
    "task_waiver": _l("Tasks that were waived"),
    "office_news": _l("News of the office"),
    "digest_item": _l("News by mail"),
    "digest_issue": _l("News by mail"),
    "page_feedback": _l("What people said about pages"),
    "stored_file": _l("Names of files"),
    "words": _l("Texts with the surname alone"),
    "board_letter_delivery": _l("Letters from the office"),
}


def label_of(table: str) -> str:
    return str(NAMES.get(table, _("Other records")))


def named_in_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The same kinds of records together; those without a name of their own as others."""
    told: dict[str, int] = {}
    for table, count in counts.items():
        label = label_of(table)
        told[label] = told.get(label, 0) + count
    return [(label, count) for label, count in told.items() if count]
