"""What this package adds to the application."""

from flask import Flask

import agenda.models  # noqa: F401 (its table belongs to every installation)


def init_app(app: Flask) -> None:
    """Nothing yet."""
