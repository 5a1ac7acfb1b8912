"""What this package adds to the application."""

from flask import Flask

import assessments.models  # noqa: F401 (its tables)


def init_app(app: Flask) -> None:
    """Self-assessments: where a municipality stands, and which needs follow from it."""
