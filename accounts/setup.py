"""What this package adds to the application."""

from typing import Any

from flask import Flask, current_app
from flask_login import current_user

from accounts.policy import can
from accounts.roles import roles_of
from accounts.sessions import init_sessions
from core.i18n import LANGUAGES, language
from core.navigation import menu


def init_app(app: Flask) -> None:
    init_sessions(app)
    app.context_processor(_for_every_page)


def _for_every_page() -> dict[str, Any]:
    return {"can": lambda permission, subject=None: can(current_user, permission, subject)}
