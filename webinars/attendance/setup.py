"""What attendance adds to the application."""

from flask import Flask

from webinars.attendance.models import AttendanceLine, AttendanceReport

__all__ = ["AttendanceLine", "AttendanceReport", "init_attendance"]


def init_attendance(app: Flask) -> None:
    pass
