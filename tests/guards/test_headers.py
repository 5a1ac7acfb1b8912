"""Every answer tells the browser what the page may do, whatever kind of answer it is."""

import dataclasses

import pytest

from config import Mode
from tests.support.applications import make_app

PAGES = {
    "a page": "/health/live",
    "the start": "/",
    "a file of ours": "/static/css/gromada.css",
    "no such page": "/no/such/page",
}
POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_every_answer_carries_the_security_headers(client, address):
    headers = client.get(address).headers

    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin-when-cross-origin")
    assert "Strict-Transport-Security" not in headers, "a demonstration runs on plain http"


def test_refused_requests_carry_them_too(client):
    answers = [client.post("/health/live"), client.post("/no/such/page")]

    assert [answer.status_code for answer in answers] == [405, 404]
    assert [set(answer.headers["Content-Security-Policy"].split("; ")) for answer in answers] == [
        POLICY,
        POLICY,
    ]


def test_pages_are_not_kept_by_the_browser(client):
    assert client.get("/no/such/page").headers["Cache-Control"] == "no-store"


def test_production_insists_on_tls_and_on_cookies_of_this_host(app, config):
    from core.database import db

    production = make_app(
        dataclasses.replace(config, mode=Mode.PRODUCTION, public_url="https://gromada.example")
    )

    answer = production.test_client().get("/health/live", base_url="https://gromada.example")

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert production.config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert production.config["SESSION_COOKIE_SECURE"] is True
    with production.app_context():
        db.engine.dispose()
