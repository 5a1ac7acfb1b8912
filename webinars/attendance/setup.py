"""What attendance adds to the application."""

from flask import Flask

from core.fact_words import Fact, leave_out_facts, name_facts
from core.i18n import _, _l
from core.jobs import Job, daily_at, register
from core.retention import RetentionRule, register_retention
from webinars.attendance import jobs, reports
from webinars.attendance.models import LineState
from webinars.attendance.views import bp
from webinars.models import AttendanceSource


def _source(value: str) -> str:
    return str(AttendanceSource(value).label)


def init_attendance(app: Flask) -> None:
    name_facts(
        "attendance",
        minutes=_l("Minutes attended"),
        people_count=_l("People"),
        source=Fact(_l("Known from"), _source),
    )
    name_facts(
        "attendance_report",
        people=_l("People"),
        new=_l("New"),
        changed=_l("Corrected"),
        source=_l("Platform"),
    )
    name_facts("attendance_line", state=Fact(_l("State"), lambda code: str(LineState(code).label)))
    leave_out_facts("webinar")
    app.register_blueprint(bp)
    register(
        app,
        Job(
            "webinars.forget_reports",
            jobs.forget,
            daily_at(3, 40),
            does=_l("Deletes the names in reports of attendance after 30 days."),
        ),
    )
    register_retention(
        app,
        RetentionRule(
            "webinars.forget_reports",
            _l("Names in lists of who was at a webinar"),
            lambda: _("30 days after the list came in."),
            _l("To settle who was there."),
            _l("Names are deleted; who was there stays counted"),
            "webinars.forget_reports",
            reports.due_reports,
        ),
    )
