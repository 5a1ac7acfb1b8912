"""What this package adds to the application."""

from flask import Flask

import tasks.models  # noqa: F401 (its table belongs to every installation)


def init_app(app: Flask) -> None:
    """Its pages follow."""
