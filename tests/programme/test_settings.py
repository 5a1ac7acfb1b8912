import json

import pytest

from programme.profile import load_profile
from programme.settings import (
    SETTING_NAMES,
    PeriodKind,
    SettingRefused,
    Weekday,
    setting_from_text,
    setting_kind,
    setting_limits,
)

SETTINGS = load_profile("mocarze").settings


def test_the_programme_starts_with_the_numbers_it_was_given():
    assert SETTINGS.as_data() == {
        "partnerships_per_municipality": 1,
        "active_leaders_per_partnership": 1,
        "visits_per_municipality": 2,
        "visit_nominal_minutes": 240,
        "visit_note_below_minutes": 180,
        "visit_note_above_minutes": 300,
        "remote_budget_minutes": 480,
        "budget_warn_percent": [75, 100],
        "handbook_copies": 4,
        "minimum_tasks": 7,
        "plan_years": 3,
        "webinar_notice_days": 7,
        "webinar_archive_days": 180,
        "webinars_to_attend": 1,
        "min_members": 3,
        "min_meetings": 2,
        "review_working_days": 10,
        "answer_working_days": 10,
        "publish_reminder_days": 14,
        "return_talk_after": 2,
        "return_office_after": 3,
        "late_cancel_hours": 48,
        "consultation_dispute_days": 7,
        "backdate_reason_days": 14,
        "recording_due_days": 7,
        "initiative_follow_up_months": 6,
        "offer_check_months": 12,
        "second_step_for_office": True,
        "recording_counts_as_attendance": True,
        "no_contact_alert_days": 60,
        "returned_alert_days": 30,
        "visits_alert_weeks": 8,
        "invitation_valid_days": 14,
        "digest_weekday": "monday",
        "period_kind": "quarter",
        "period_due_day": 10,
        "annual_plan_requires_approval": False,
        "import_max_mb": 5,
        "import_max_rows": 2000,
        "import_blank_stop": 100,
        "register_max_mb": 10,
        "register_max_rows": 10000,
        "attachment_max_mb": 10,
        "evidence_retention_years": 5,
        "file_retention_years": 0,
        "far_from_general_percent": 20,
        "small_count_limit": 5,
        "assessment_low_below": 50,
        "assessment_least_compared": 5,
        "municipality_undo_days": 7,
        "card_reminder_day": 5,
        "card_rate_visit": 0,
        "card_rate_remote": 0,
        "card_rate_outside": 0,
        "card_rate_preparation": 0,
        "card_rate_travel": 0,
        "card_rate_other": 0,
        "card_rate_review": 0,
        "card_rate_km": 0,
    }


def test_stored_settings_read_back_as_they_were():
    changed = SETTINGS.changed_by({"digest_weekday": "friday", "budget_warn_percent": [90, 50]})

    stored = json.loads(json.dumps(changed.as_data()))

    assert SETTINGS.changed_by(stored) == changed
    assert changed.digest_weekday is Weekday.FRIDAY
    assert changed.budget_warn_percent == (50, 90)


def test_a_setting_that_no_longer_exists_is_passed_over():
    assert SETTINGS.changed_by({"fax_retries": 3}) == SETTINGS


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("handbook_copies", " 6 ", 6),
        ("budget_warn_percent", "60; 90,100", (60, 90, 100)),
        ("annual_plan_requires_approval", "yes", True),
        ("recording_counts_as_attendance", "no", False),
        ("digest_weekday", "tuesday", Weekday.TUESDAY),
        ("period_kind", "year", PeriodKind.YEAR),
    ],
)
def test_what_the_office_types_becomes_a_typed_value(name: str, text: str, value: object):
    assert setting_from_text(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("handbook_copies", "many", "Enter a whole number from 0 to 100."),
        ("handbook_copies", "101", "Enter a whole number from 0 to 100."),
        ("partnerships_per_municipality", "2", "Enter a whole number from 1 to 1."),
        ("budget_warn_percent", "75, a lot", "Enter whole numbers from 1 to 200, separated by commas."),
        ("annual_plan_requires_approval", "perhaps", "Choose one of the values offered."),
        ("digest_weekday", "someday", "Choose one of the values offered."),
    ],
)
def test_a_value_a_setting_cannot_have_is_refused(name: str, text: str, message: str):
    with pytest.raises(SettingRefused) as refused:
        setting_from_text(name, text)

    assert (refused.value.field, str(refused.value)) == (name, message)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visit_nominal_minutes": 120}, "visit_nominal_minutes"),
        ({"return_talk_after": 5}, "return_office_after"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(changes: dict[str, int], field: str):
    with pytest.raises(SettingRefused) as refused:
        SETTINGS.changed_by(changes)

    assert refused.value.field == field


def test_every_number_has_limits():
    assert [
        name for name in SETTING_NAMES if setting_kind(name) in (int, tuple) and not setting_limits(name)
    ] == []


def test_weekdays_count_as_python_counts_them():
    assert [day.number for day in Weekday] == [0, 1, 2, 3, 4, 5, 6]
