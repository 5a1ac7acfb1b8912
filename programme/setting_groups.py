"""The numbers of the programme by topic, as the office finds them; and what a change of some does at once."""

from dataclasses import dataclass

from core.i18n import LazyString, _l
from programme.settings import SETTING_NAMES, setting_limits


@dataclass(frozen=True)
class SettingGroup:
    key: str
    label: LazyString
    text: LazyString
    names: tuple[str, ...]


GROUPS = (
    SettingGroup(
        "partnerships",
        _l("Partnerships and minimum tasks"),
        _l("From when on a partnership counts as founded and its tasks as done."),
        (
            "partnerships_per_municipality", "active_leaders_per_partnership", "minimum_tasks", "min_members",
            "min_meetings", "webinars_to_attend", "handbook_copies",
        ),
    ),
    SettingGroup(
        "plans",
        _l("Plans and reviews"),
        _l("Years of a plan, times to answer, and what happens after several rounds."),
        (
            "plan_years", "annual_plan_requires_approval", "review_working_days", "answer_working_days",
            "publish_reminder_days", "return_talk_after", "return_office_after", "far_from_general_percent",
        ),
    ),
    SettingGroup(
        "advice",
        _l("Visits and advice"),
        _l("How much advice a municipality has, and how it is agreed and confirmed."),
        (
            "visits_per_municipality", "visit_nominal_minutes", "visit_note_below_minutes", "visit_note_above_minutes",
            "remote_budget_minutes", "budget_warn_percent", "late_cancel_hours", "consultation_dispute_days",
            "backdate_reason_days",
        ),
    ),
    SettingGroup(
        "webinars",
        _l("Webinars"),
        _l("Notice, recordings and attendance."),
        ("webinar_notice_days", "recording_due_days", "recording_counts_as_attendance", "webinar_archive_days"),
    ),
    SettingGroup(
        "care",
        _l("Alerts, mails and invitations"),
        _l("When somebody is reminded or stands on the list of what is at risk."),
        ("no_contact_alert_days", "returned_alert_days", "visits_alert_weeks", "invitation_valid_days", "second_step_for_office", "digest_weekday", "municipality_undo_days", "offer_check_months", "initiative_follow_up_months"),
    ),
    SettingGroup(
        "reports",
        _l("Reports and small counts"),
        _l("Reporting periods, and which counts are too small to be shown."),
        ("period_kind", "period_due_day", "small_count_limit", "assessment_low_below", "assessment_least_compared"),
    ),
    SettingGroup(
        "cards",
        _l("Work cards"),
        _l("What animators are paid for, and when they are reminded."),
        (
            "card_reminder_day", "card_rate_visit", "card_rate_remote", "card_rate_outside", "card_rate_preparation",
            "card_rate_travel", "card_rate_other", "card_rate_review", "card_rate_km",
        ),
    ),
    SettingGroup(
        "files",
        _l("Files and how long they are kept"),
        _l("Largest uploads, and the years after which files go by themselves."),
        (
            "import_max_mb", "import_max_rows", "import_blank_stop", "register_max_mb", "register_max_rows",
            "attachment_max_mb", "evidence_retention_years", "file_retention_years",
        ),
    ),
)  # fmt: skip

EFFECTS: dict[str, LazyString] = {
    "review_working_days": _l(
        "Due dates of reviews under way move at once, on every page and in every reminder; plans may become late today."
    ),
    "minimum_tasks": _l("How many tasks partnerships still lack is counted anew at once."),
    "min_members": _l("The first task of each partnership is judged anew at once, also of those that had done it."),
    "min_meetings": _l("The second task of each partnership is judged anew at once, also of those that had done it."),
    "webinars_to_attend": _l("The seventh task of each partnership is judged anew at once."),
    "visits_per_municipality": _l("Balances of visits of all municipalities change at once; what was held stays."),
    "visit_nominal_minutes": _l("Balances of visits of all municipalities change at once; what was held stays."),
    "remote_budget_minutes": _l("Balances of remote advice of all municipalities change at once; what was logged stays."),
    "handbook_copies": _l("Who is short of handbooks is counted anew at once."),
    "annual_plan_requires_approval": _l("It holds for annual plans that are submitted from now on."),
    "invitation_valid_days": _l("It holds for invitations that are sent from now on."),
    "period_kind": _l("Periods that are already opened or frozen stay as they are."),
    "evidence_retention_years": _l("It holds for files that are added from now on; others keep their day."),
    "file_retention_years": _l("It holds for files that are added from now on; others keep their day."),
}  # fmt: skip


def group_by_key(key: str) -> SettingGroup | None:
    return next((group for group in GROUPS if group.key == key), None)


def is_fixed(name: str) -> bool:
    """Only one value is possible: the database holds it."""
    low, high = setting_limits(name) or (0, 1)
    return low == high


FIXED = frozenset(name for name in SETTING_NAMES if is_fixed(name))
