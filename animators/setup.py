"""What this package adds to the application."""

from flask import Flask

import animators.consultations
import animators.hours
import animators.models  # noqa: F401 (their tables belong to every installation)


def init_app(app: Flask) -> None:
    """Nothing yet."""
