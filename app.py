"""The one place that knows every package: it puts the application together."""

from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import FileSystemBytecodeCache, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import accounts.setup
import agenda.setup
import animators.setup
import archive.setup
import assessments.setup
import contacts.setup
import core.dev
import core.health
import core.metrics
import demo.setup
import dossier.setup
import feedback.setup
import handbooks.setup
import initiatives.setup
import intake.setup
import knowledge.setup
import meetings.setup
import municipalities.setup
import office.administration
import office.setup
import overview.setup
import papers.setup
import partnerships.setup
import phrases.setup
import plans.setup
import programme.setup
import progress.setup
import public.setup
import reporting.setup
import search.setup
import subscriptions.setup
import tasks.setup
import webinars.setup
from config import ROOT, Config
from core.application import Application, init_application
from core.compression import init_compression
from core.database import db
from core.formatting import init_formatting
from core.i18n import init_i18n
from core.jobs import init_jobs
from core.kept_text import init_kept_text
from core.long_work import init_long_work
from core.migrations import init_migrations
from core.one_click import init_one_click
from core.standing_jobs import init_standing_jobs
from core.standing_urls import init_standing_urls
from core.static_files import init_static_files
from core.storage import init_storage
from core.tags import init_tags
from core.templates import COMPILED

PACKAGES = (
    programme.setup,
    progress.setup,
    tasks.setup,
    partnerships.setup,
    plans.setup,
    meetings.setup,
    papers.setup,
    handbooks.setup,
    agenda.setup,
    animators.setup,
    phrases.setup,
    assessments.setup,
    webinars.setup,
    subscriptions.setup,
    feedback.setup,
    knowledge.setup,
    initiatives.setup,
    municipalities.setup,
    office.setup,
    office.administration,
    overview.setup,
    reporting.setup,
    accounts.setup,
    intake.setup,
    dossier.setup,
    public.setup,
    search.setup,
    contacts.setup,
    demo.setup,
    archive.setup,
)
"""In the order of the main menu. Each has ``init_app(app)``: blueprints, menu entries, jobs and commands."""

INITIALISERS = (
    init_i18n, init_formatting, init_tags, init_application, init_static_files, init_compression, init_storage,
    init_standing_urls, init_jobs, init_standing_jobs, init_long_work, init_kept_text,
)  # fmt: skip


def create_app(config: Config) -> Flask:
    app = Application("gromada", root_path=str(ROOT))
    app.config.from_mapping(_flask_settings(config))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # how WSGI wraps
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(_folder_of_templates(config)), COMPILED)
    db.init_app(app)
    init_migrations(app, ROOT / "migrations")
    for init in INITIALISERS:
        init(app)
    app.register_blueprint(core.health.bp)
    app.register_blueprint(core.metrics.bp)
    core.dev.init_dev(app)
    for package in PACKAGES:
        package.init_app(app)
    init_one_click(
        app, CSRFProtect(app)
    )  # last, so that an expired form is answered in the person's language
    return app


def _folder_of_templates(config: Config) -> Path:
    """Templates ready to run, as Python keeps its own modules: the first page after a start need not translate them.

    It lies with the data, where nobody but the application writes.
    """
    folder = config.data_dir / "cache" / "templates"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _flask_settings(config: Config) -> dict[str, object]:
    prefix = "__Host-" if config.secure else ""
    return {
        "GROMADA": config,
        "SECRET_KEY": config.secret_key,
        "PUBLIC_URL": config.public_url,
        "TIME_ZONE": config.time_zone,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(config),
        "SESSION_COOKIE_NAME": f"{prefix}gromada",
        "SESSION_COOKIE_SECURE": config.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "WTF_CSRF_SSL_STRICT": config.secure,
        "MAX_CONTENT_LENGTH": 6 * 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "BABEL_DEFAULT_LOCALE": "pl",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
    }


def _engine_options(config: Config) -> dict[str, object]:
    """What a statement was given may be names and addresses: no error puts them into the log."""
    usual: dict[str, object] = {"hide_parameters": True}
    if config.database_url.startswith("sqlite"):
        return usual | {"connect_args": {"timeout": 10}}
    return usual | {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 5}
