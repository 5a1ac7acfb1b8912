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
    "board_letter_delivery": _l("Letters from the office"),
}


def named_in_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The same kinds of records together; those without a name of their own as others."""
    told: dict[str, int] = {}
    for table, count in counts.items():
        label = str(NAMES.get(table, _("Other records")))
        told[label] = told.get(label, 0) + count
    return [(label, count) for label, count in told.items() if count]
