"""The data that is measured on: a folder with a whole country in it, and who is signed in where."""

import base64
import json
import secrets
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, session
from flask_migrate import upgrade
from flask_wtf.csrf import generate_csrf
from sqlalchemy import text

from accounts.models import SignInSession, User
from accounts.sessions import hashed
from app import create_app
from bench.multiply import multiply
from config import Config, Mode
from core.database import db
from core.i18n import in_language
from demo.loading import load_demo
from plans.downloads import plan_workbook
from plans.models import PlanVersion
from programme.services import ensure_programme

SECRET_KEY = "measured-and-thrown-away-with-the-folder"  # noqa: S105 (of a database that lives as long as a run)
SEED_FILE = "bench.json"
WANTED_ROWS = 40
NOT_A_DEMO = "UPDATE programme SET is_demo = 0, settings = json_set(settings, '$.second_step_for_office', json('false'))"
"""The office that is measured has no phone for the second step of signing in."""
ONLY_APPROVED = "UPDATE plan_version SET publish_on_approval_at = NULL, publish_on_approval_by_id = NULL WHERE status = 'in_review'"
"""Nobody has asked to have a plan published along with its approval: the floor publishes nothing either."""


@dataclass(frozen=True)
class Seat:
    """Somebody who is signed in, in front of one plan."""

    version_id: int
    cookie: str
    csrf: str
    workbook: str = ""
    """For those who upload: the file, in base64."""

    @property
    def file(self) -> bytes:
        return base64.b64decode(self.workbook)


@dataclass(frozen=True)
class Country:
    office: Seat
    readers: list[Seat]
    reviewers: list[Seat]
    uploaders: list[Seat]
    voivodeships: list[int]
    words: list[str]

    @classmethod
    def of(cls, folder: Path) -> "Country":
        found = json.loads((folder / SEED_FILE).read_text())
        people = {
            name: [Seat(**one) for one in found[name]] for name in ("readers", "reviewers", "uploaders")
        }
        return cls(
            office=Seat(**found["office"]), voivodeships=found["voivodeships"], words=found["words"], **people
        )


def config_of(folder: Path, mode: Mode) -> Config:
    return Config(
        mode=mode,
        secret_key=SECRET_KEY,
        public_url="https://gromada.example",
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'gromada.sqlite3'}",
    )


def prepare(folder: Path, *, partnerships: int, reviews: int) -> Country:
    """Fill the folder: the demonstration, multiplied, with sessions of people who can do what is measured."""
    app = create_app(config_of(folder, Mode.DEMO))
    with app.app_context():
        upgrade()
        ensure_programme("mocarze", is_demo=False)
        db.session.commit()
        load_demo(app.config["GROMADA"])
        db.session.commit()
        multiply(partnerships)
        db.session.execute(text(NOT_A_DEMO))
        db.session.commit()
    with create_app(config_of(folder, Mode.PRODUCTION)).app_context(), in_language("pl"):
        country = _people_of(create_app(config_of(folder, Mode.PRODUCTION)), reviews)
        db.session.commit()
    (folder / SEED_FILE).write_text(json.dumps(asdict(country)))
    return country


def refresh(folder: Path, country: Country) -> None:
    """Data of an earlier run: people are signed in again, and what was approved waits once more."""
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    with closing(sqlite3.connect(folder / "gromada.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM outbox_mail")
        connection.execute("UPDATE sign_in_session SET created_at = ?, last_seen_at = ?", (now, now))
        connection.executemany(
            "UPDATE plan_version SET status = 'in_review' WHERE id = ?",
            [(seat.version_id,) for seat in country.reviewers],
        )
        connection.execute(ONLY_APPROVED)


def _people_of(app: Flask, reviews: int) -> Country:
    office = db.session.execute(
        text("SELECT user_id FROM role_grant WHERE role = 'office' LIMIT 1")
    ).scalar_one()
    return Country(
        office=_seat(app, office, 0),
        readers=[_seat(app, person, version) for version, person in _led("v.status = 'published'", 20)],
        reviewers=[_seat(app, person, version) for version, person in _in_review(reviews)],
        uploaders=[_uploader(app, person, version) for version, person in _led("v.status = 'draft'", 10)],
        voivodeships=list(
            db.session.scalars(text("SELECT DISTINCT voivodeship_id FROM municipality ORDER BY 1"))
        ),
        words=[
            fold.split()[-1]
            for fold in db.session.scalars(
                text("SELECT name FROM municipality WHERE id % 13 = 5 ORDER BY id LIMIT 20")
            )
        ],
    )


def _led(which: str, count: int) -> list[tuple[int, int]]:
    """Versions of general plans with about so many rows, and who leads there."""
    query = f"""
        SELECT v.id, t.user_id FROM plan_version v
        JOIN plan p ON p.id = v.plan_id AND p.kind = 'general' AND v.is_current
        JOIN leader_term t ON t.partnership_id = p.partnership_id AND t.kind = 'leader' AND t.ends_on IS NULL
        WHERE {which}
        ORDER BY abs((SELECT count(*) FROM plan_entry e WHERE e.version_id = v.id) - :rows), v.id LIMIT :count
    """  # noqa: S608 (conditions of this module)
    found = db.session.execute(text(query), {"rows": WANTED_ROWS, "count": count})
    return [(version, person) for version, person in found]


def _in_review(count: int) -> list[tuple[int, int]]:
    """Plans that wait for a decision, with their animator of today. Those handed in are taken into review."""
    db.session.execute(
        text(
            "UPDATE plan_version SET status = 'in_review', review_started_at = status_since WHERE status = 'submitted'"
        )
    )
    db.session.execute(text(ONLY_APPROVED))
    query = """
        SELECT v.id, a.animator_id FROM plan_version v
        JOIN plan p ON p.id = v.plan_id AND p.kind = 'general' AND v.is_current
        JOIN partnership q ON q.id = p.partnership_id
        JOIN animator_assignment a ON a.municipality_id = q.municipality_id AND a.kind = 'main' AND a.ends_on IS NULL
        WHERE v.status = 'in_review' AND NOT EXISTS (
            SELECT 1 FROM animator_assignment c WHERE c.municipality_id = q.municipality_id AND c.kind = 'cover')
        ORDER BY v.id LIMIT :count
    """
    return [(version, person) for version, person in db.session.execute(text(query), {"count": count})]


def _seat(app: Flask, person_id: int, version_id: int) -> Seat:
    """A session as signing in makes it: the row, the cookie, and the token that the person's forms carry."""
    token = secrets.token_urlsafe(32)
    person = db.session.get_one(User, person_id)
    db.session.add(SignInSession(token_hash=hashed(token), user=person, browser="bench"))
    with app.test_request_context():
        session.update(_user_id=token, _fresh=True)
        csrf = generate_csrf()
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own interface
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(dict(session))}"
    return Seat(version_id, cookie, csrf)


def _uploader(app: Flask, person_id: int, version_id: int) -> Seat:
    seat = _seat(app, person_id, version_id)
    workbook = plan_workbook(db.session.get_one(PlanVersion, version_id), language="pl", short=False)
    return Seat(seat.version_id, seat.cookie, seat.csrf, base64.b64encode(workbook.data).decode())
