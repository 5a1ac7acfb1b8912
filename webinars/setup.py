"""What this package adds to the application."""

from flask import Flask

from municipalities.followers import register_follower
from webinars.following import AttendancesFollow


def init_app(app: Flask) -> None:
    """Its pages are still to come."""
    register_follower(AttendancesFollow())
