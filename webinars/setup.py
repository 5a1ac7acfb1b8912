"""What this package adds to the application."""

from flask import Flask

import webinars.registrations.models  # noqa: F401 (their tables belong to every installation)
from core.agenda import add_to_agenda
from municipalities.followers import register_follower
from webinars.agenda import webinars_between
from webinars.following import AttendancesFollow


def init_app(app: Flask) -> None:
    register_follower(AttendancesFollow())
    add_to_agenda(app, webinars_between)
