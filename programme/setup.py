"""What this package adds to the application."""

from typing import Any

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from config import Config, ConfigurationError
from core.database import db
from core.i18n import language
from core.mail import show_in_mails, tell_mails
from programme.commands import commands
from programme.logo_copies import logos_in_mails
from programme.models import Programme
from programme.queries import current_programme


def init_app(app: Flask) -> None:
    app.context_processor(_for_every_page)
    tell_mails(app, "programme", current_programme)
    show_in_mails(app, logos_in_mails)
    app.cli.add_command(commands)
    if not app.config["GROMADA"].is_demo:
        _refuse_invented_data(app)


def _for_every_page() -> dict[str, Any]:
    config: Config = current_app.config["GROMADA"]
    return {"programme": current_programme(), "language": language(), "is_demo": config.is_demo}


def _refuse_invented_data(app: Flask) -> None:
    """An installation for real work never opens a demonstration's database: its passwords are known to everybody."""
    with app.app_context():
        try:
            invented = db.session.scalar(select(Programme.id).where(Programme.is_demo))
        except SQLAlchemyError:
            invented = None  # not there or not migrated yet
        db.session.remove()
        db.engine.dispose()
    if invented:
        raise ConfigurationError(
            "DATABASE_URL points to a demonstration; use an empty database in production"
        )
