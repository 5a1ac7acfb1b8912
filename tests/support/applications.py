"""The application as tests run it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from config import Config, Mode
from core.database import db
from programme.services import ensure_programme

ADDRESS = "http://localhost"


def make_config(folder: Path, database_url: str) -> Config:
    """Demo mode, as ``script/server`` starts it; a test about production makes its own."""
    return Config(
        mode=Mode.DEMO,
        secret_key="a-key-for-tests-that-is-long-enough",
        public_url=ADDRESS,
        data_dir=folder,
        database_url=database_url,
    )


def make_app(config: Config) -> Flask:
    """Errors nobody expected are raised into the test instead of becoming a page."""
    app = create_app(config)
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True)
    return app


@contextmanager
def app_on(config: Config) -> Iterator[Flask]:
    """An application whose connections are all closed afterwards."""
    app = make_app(config)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def migrate(config: Config) -> None:
    """What the first start of an installation does to its empty database."""
    with app_on(config):
        upgrade()
        ensure_programme(config.profile, is_demo=False)
        db.session.commit()
