"""What this package adds to the application."""

from typing import Any

from flask import Flask, current_app

from core.i18n import language
from programme.queries import current_programme


def init_app(app: Flask) -> None:
    app.context_processor(_for_every_page)


def _for_every_page() -> dict[str, Any]:
    return {
        "programme": current_programme(),
        "language": language(),
        "is_demo": current_app.config["GROMADA"].is_demo,
    }
