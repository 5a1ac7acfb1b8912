"""What this package adds to the application."""

from flask import Flask

import webinars.models  # noqa: F401 (its tables belong to every installation)


def init_app(app: Flask) -> None:
    """Its pages are still to come."""
