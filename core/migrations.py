"""Migrations are made known when somebody asks for them: their packages take a tenth of a start, and serve no page."""

from pathlib import Path
from typing import Any

from flask import Flask

from core.database import db

_KEY = "migrate"
"""Where Flask-Migrate looks for itself."""


class _NotYet:
    """Stands where Flask-Migrate will; the first question puts it there."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self._app, self._folder = app, folder

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate

        Migrate(self._app, db, directory=str(self._folder), render_as_batch=True, compare_type=True)
        return getattr(self._app.extensions[_KEY], name)


def init_migrations(app: Flask, folder: Path) -> None:
    app.extensions[_KEY] = _NotYet(app, folder)
