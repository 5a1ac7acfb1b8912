"""What this package adds to the application."""

from flask import Flask

from core.agenda import add_to_agenda
from municipalities.followers import register_follower
from webinars.agenda import webinars_between
from webinars.following import AttendancesFollow


def init_app(app: Flask) -> None:
    """Its pages are still to come."""
    register_follower(AttendancesFollow())
    add_to_agenda(app, webinars_between)
