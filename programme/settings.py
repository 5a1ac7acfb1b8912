"""Every number the programme runs by, typed. The profile gives the defaults; the office changes them in the database."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from typing import Any

from core.errors import DomainError
from core.i18n import _, _l
from core.labels import LabelledEnum
from programme.labels import Labels

SettingValue = int | bool | tuple[int, ...] | LabelledEnum


class Origin(LabelledEnum):
    STATED = "T", _l("Stated in the programme's documents")
    OWN = "O", _l("Our own choice")


class Weekday(LabelledEnum):
    MONDAY = "monday", _l("Monday")
    TUESDAY = "tuesday", _l("Tuesday")
    WEDNESDAY = "wednesday", _l("Wednesday")
    THURSDAY = "thursday", _l("Thursday")
    FRIDAY = "friday", _l("Friday")
    SATURDAY = "saturday", _l("Saturday")
    SUNDAY = "sunday", _l("Sunday")

    @property
    def number(self) -> int:
        """As ``date.weekday()`` counts: Monday is 0."""
        return list(Weekday).index(self)


class PeriodKind(LabelledEnum):
    MONTH = "month", _l("Month")
    QUARTER = "quarter", _l("Quarter")
    HALF_YEAR = "half_year", _l("Half-year")
    YEAR = "year", _l("Year")


class SettingRefused(DomainError):
    """A value this setting cannot have; ``field`` is the setting's name."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.field = name


@dataclass(frozen=True)
class SettingNote:
    """What the settings page says about one setting."""

    origin: Origin
    label: Labels
    help: Labels


def _whole(minimum: int, maximum: int) -> Any:
    return field(metadata={"kind": int, "limits": (minimum, maximum)})


def _several(minimum: int, maximum: int) -> Any:
    return field(metadata={"kind": tuple, "limits": (minimum, maximum)})


def _switch() -> Any:
    return field(metadata={"kind": bool})


@dataclass(frozen=True, kw_only=True)
class ProgrammeSettings:
    """What each one means stands in the profile, beside its value. Limits here are those the code can live with."""

    partnerships_per_municipality: int = _whole(1, 1)
    active_leaders_per_partnership: int = _whole(1, 1)
    visits_per_municipality: int = _whole(1, 10)
    visit_nominal_minutes: int = _whole(30, 1440)
    visit_note_below_minutes: int = _whole(0, 1440)
    visit_note_above_minutes: int = _whole(0, 1440)
    remote_budget_minutes: int = _whole(0, 60_000)
    budget_warn_percent: tuple[int, ...] = _several(1, 200)
    handbook_copies: int = _whole(0, 100)
    minimum_tasks: int = _whole(1, 7)
    plan_years: int = _whole(1, 3)
    webinar_notice_days: int = _whole(0, 60)
    webinar_archive_days: int = _whole(1, 3650)
    webinars_to_attend: int = _whole(1, 50)
    offer_check_months: int = _whole(1, 60)
    initiative_follow_up_months: int = _whole(1, 60)
    min_members: int = _whole(1, 50)
    min_meetings: int = _whole(1, 50)
    review_working_days: int = _whole(1, 60)
    answer_working_days: int = _whole(1, 60)
    publish_reminder_days: int = _whole(1, 365)
    return_talk_after: int = _whole(1, 20)
    return_office_after: int = _whole(1, 20)
    late_cancel_hours: int = _whole(0, 720)
    consultation_dispute_days: int = _whole(1, 90)
    backdate_reason_days: int = _whole(0, 365)
    recording_due_days: int = _whole(1, 90)
    recording_counts_as_attendance: bool = _switch()
    no_contact_alert_days: int = _whole(1, 730)
    returned_alert_days: int = _whole(1, 365)
    visits_alert_weeks: int = _whole(1, 52)
    invitation_valid_days: int = _whole(1, 14)
    second_step_for_office: bool = _switch()
    digest_weekday: Weekday = field(metadata={"kind": Weekday})
    period_kind: PeriodKind = field(metadata={"kind": PeriodKind})
    period_due_day: int = _whole(1, 28)
    annual_plan_requires_approval: bool = _switch()
    import_max_mb: int = _whole(1, 50)
    import_max_rows: int = _whole(10, 2000)
    import_blank_stop: int = _whole(1, 10_000)
    register_max_mb: int = _whole(1, 100)
    register_max_rows: int = _whole(100, 100_000)
    attachment_max_mb: int = _whole(1, 100)
    evidence_retention_years: int = _whole(1, 50)
    file_retention_years: int = _whole(0, 50)
    far_from_general_percent: int = _whole(1, 100)
    small_count_limit: int = _whole(1, 50)
    assessment_low_below: int = _whole(1, 100)
    assessment_least_compared: int = _whole(3, 100)
    municipality_undo_days: int = _whole(0, 90)
    card_reminder_day: int = _whole(1, 28)
    card_rate_visit: int = _whole(0, 100_000)
    card_rate_remote: int = _whole(0, 100_000)
    card_rate_outside: int = _whole(0, 100_000)
    card_rate_preparation: int = _whole(0, 100_000)
    card_rate_travel: int = _whole(0, 100_000)
    card_rate_other: int = _whole(0, 100_000)
    card_rate_review: int = _whole(0, 1_000_000)
    card_rate_km: int = _whole(0, 10_000)

    def __post_init__(self) -> None:
        if not self.visit_note_below_minutes <= self.visit_nominal_minutes <= self.visit_note_above_minutes:
            message = _("The usual length of a visit must lie between the short and the long one.")
            raise SettingRefused("visit_nominal_minutes", message)
        if self.return_office_after < self.return_talk_after:
            message = _("The office cannot be informed before a talk is suggested.")
            raise SettingRefused("return_office_after", message)

    def changed_by(self, changes: Mapping[str, Any]) -> "ProgrammeSettings":
        """With what the office changed, as stored. A name no longer in use is passed over, as after an upgrade."""
        known: dict[str, Any] = {
            name: read_setting(name, value) for name, value in changes.items() if name in SETTING_NAMES
        }
        return replace(self, **known)

    def as_data(self) -> dict[str, Any]:
        """Values as they can be stored and read again."""
        return {name: stored(getattr(self, name)) for name in SETTING_NAMES}


_FIELDS: dict[str, "Field[Any]"] = {entry.name: entry for entry in fields(ProgrammeSettings)}
SETTING_NAMES = tuple(_FIELDS)


def setting_kind(name: str) -> type[Any]:
    """``int``, ``bool``, ``tuple`` (several whole numbers) or an enum to choose from."""
    kind: type[Any] = _FIELDS[name].metadata["kind"]
    return kind


def setting_limits(name: str) -> tuple[int, int] | None:
    limits: tuple[int, int] | None = _FIELDS[name].metadata.get("limits")
    return limits


def stored(value: SettingValue) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, LabelledEnum) else value


def read_setting(name: str, value: Any) -> SettingValue:
    """The typed value of what a profile or the database holds."""
    kind = setting_kind(name)
    if kind is bool and isinstance(value, bool):
        return value
    if kind is int and type(value) is int:
        return _within(name, value)
    if (
        kind is tuple
        and isinstance(value, list | tuple)
        and all(type(part) is int for part in value)
        and value
    ):
        return tuple(sorted({_within(name, part) for part in value}))
    if issubclass(kind, LabelledEnum) and value in set(kind):
        return next(member for member in kind if member == value)
    raise SettingRefused(name, _expected(name))


def setting_from_text(name: str, text: str) -> SettingValue:
    """The typed value of what a person typed or chose on the settings page."""
    kind, text = setting_kind(name), text.strip()
    try:
        if kind is bool:
            return read_setting(name, {"yes": True, "no": False}.get(text))
        if kind is int:
            return read_setting(name, int(text))
        if kind is tuple:
            return read_setting(name, [int(part) for part in text.replace(";", ",").split(",")])
    except ValueError:
        raise SettingRefused(name, _expected(name)) from None
    return read_setting(name, text)


def _within(name: str, value: int) -> int:
    minimum, maximum = setting_limits(name) or (value, value)
    if not minimum <= value <= maximum:
        raise SettingRefused(name, _expected(name))
    return value


def _expected(name: str) -> str:
    limits = setting_limits(name)
    if limits is None:
        return str(_("Choose one of the values offered."))
    minimum, maximum = limits
    if setting_kind(name) is tuple:
        sentence = _("Enter whole numbers from %(minimum)s to %(maximum)s, separated by commas.")
    else:
        sentence = _("Enter a whole number from %(minimum)s to %(maximum)s.")
    return str(sentence) % {"minimum": minimum, "maximum": maximum}


def settings_from(values: Mapping[str, Any]) -> ProgrammeSettings:
    """All settings of a profile: none missing, none unknown."""
    if set(values) != set(SETTING_NAMES):
        wrong = sorted(set(values) ^ set(SETTING_NAMES))
        raise ValueError(f"missing or unknown settings: {', '.join(wrong)}")
    typed: dict[str, Any] = {name: read_setting(name, value) for name, value in values.items()}
    return ProgrammeSettings(**typed)
