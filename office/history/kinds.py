"""What it happened to: the tables of records that history tells of, as people think of them."""

from core.i18n import _l
from core.labels import LabelledEnum


class RecordKind(LabelledEnum):
    PERSON = "person", _l("People and their accounts")
    PARTNERSHIP = "partnership", _l("Partnerships and their leaders")
    ORGANISATION = "organisation", _l("Organisations and members")
    MUNICIPALITY = "municipality", _l("Municipalities and their heads")
    ANIMATOR = "animator", _l("Animators and their municipalities")
    PLAN = "plan", _l("Plans")
    UPLOAD = "upload", _l("Uploaded workbooks of plans")
    REMARK = "remark", _l("Remarks of reviews")
    TEMPLATE = "template", _l("Templates of plans")
    MEETING = "meeting", _l("Meetings of partnerships")
    ASSESSMENT = "assessment", _l("Self-assessments")
    CONSULTATION = "consultation", _l("Visits and consultations")
    REQUEST = "request", _l("Requests for advice")
    HOURS = "hours", _l("Hours and work cards")
    FILE = "file", _l("Files and papers")
    HANDBOOK = "handbook", _l("Handbooks")
    WEBINAR = "webinar", _l("Webinars and recordings")
    SEAT = "seat", _l("Registrations and attendance")
    NEWS = "news", _l("News and subscriptions")
    LETTER = "letter", _l("Letters and mails")
    REPORT = "report", _l("Reports")
    IMPORT = "import", _l("Imports of records")
    PROGRAMME = "programme", _l("The programme itself")
    ERASURE = "erasure", _l("Requests for erasure")
    PHRASE = "phrase", _l("Phrases for remarks and answers")


TABLES: dict[RecordKind, frozenset[str]] = {
    RecordKind.PERSON: frozenset({"user", "role_grant", "sign_in_session", "calendar_feed"}),
    RecordKind.PARTNERSHIP: frozenset({"partnership", "leader_term", "leader_handover", "task_waiver"}),
    RecordKind.ORGANISATION: frozenset({"organisation", "partnership_member"}),
    RecordKind.MUNICIPALITY: frozenset({"municipality", "municipality_change", "mayor"}),
    RecordKind.ANIMATOR: frozenset({"animator_assignment", "animator_profile", "leave_summary"}),
    RecordKind.PLAN: frozenset({"plan", "plan_version", "earlier_plan", "year_declaration"}),
    RecordKind.UPLOAD: frozenset({"plan_import"}),
    RecordKind.REMARK: frozenset({"review_comment"}),
    RecordKind.TEMPLATE: frozenset({"plan_template"}),
    RecordKind.MEETING: frozenset({"partnership_meeting"}),
    RecordKind.ASSESSMENT: frozenset({"self_assessment"}),
    RecordKind.CONSULTATION: frozenset({"consultation", "follow_up", "outside_advice"}),
    RecordKind.REQUEST: frozenset({"advice_request"}),
    RecordKind.HOURS: frozenset({"hour_budget", "budget_adjustment", "work_card", "work_card_line"}),
    RecordKind.FILE: frozenset({"attachment", "paper", "paper_text", "waiting_scan"}),
    RecordKind.HANDBOOK: frozenset({"handbook_edition", "handbook_issue"}),
    RecordKind.WEBINAR: frozenset(
        {"webinar", "webinar_series", "webinar_material", "recording", "recording_question"}
    ),
    RecordKind.SEAT: frozenset(
        {"webinar_registration", "webinar_access_task", "attendance", "attendance_line", "attendance_report", "certificate"}
    ),
    RecordKind.NEWS: frozenset({"office_news", "digest_issue", "subscriber", "subscription", "page_feedback", "catalogue_item", "initiative", "initiative_update"}),
    RecordKind.LETTER: frozenset({"board_letter", "outbox_mail", "bounced_address"}),
    RecordKind.REPORT: frozenset({"reporting_period"}),
    RecordKind.IMPORT: frozenset({"record_import", "register_import"}),
    RecordKind.PROGRAMME: frozenset({"programme", "programme_logo", "job_lease", "long_work", "board_view"}),
    RecordKind.ERASURE: frozenset({"erasure_request"}),
    RecordKind.PHRASE: frozenset({"phrase"}),
}  # fmt: skip

NO_STORY = frozenset(
    {
        "audit_event", "audit_personal", "blob", "stored_file", "county", "voivodeship", "municipality_code",
        "municipality_name", "municipality_change_unit", "column_mapping", "dismissed_hint", "import_finding",
        "plan_entry", "plan_step", "carried_training", "training_move", "ledger_entry", "visit_slot", "summarised_cover",
        "job_process", "job_run", "mail_link", "one_time_token", "sign_in_attempt", "outbox_file", "board_letter_delivery",
        "board_letter_file", "checked_link", "erasure_place", "digest_item", "paper_counter", "phrase_use", "recording_tries",
        "recovery_code", "report_snapshot", "report_delta", "second_factor", "self_assessment_area", "subscription_request", "webinar_guest_link",
    }
)  # fmt: skip
"""Parts of other records, and what only the machine keeps: nothing is told of them alone."""
