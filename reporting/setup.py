"""What this package adds to the application."""

from flask import Flask

import reporting.models  # noqa: F401 (its tables belong to every installation)


def init_app(app: Flask) -> None:
    """Its pages follow."""
