"""Addresses in the frame of every page, each built once."""

from flask import url_for

from core.standing_urls import standing_url


def test_they_are_what_flask_would_say(app):
    with app.test_request_context("/pl/"):
        named = [standing_url("public.plans", lang=code) for code in ("pl", "en", "pl")]

        assert named == [url_for("public.plans", lang=code) for code in ("pl", "en", "pl")]


def test_below_another_root_they_are_others(app):
    with app.test_request_context("/pl/"):
        at_the_root = standing_url("accounts.sign_in")
    with app.test_request_context("/pl/", environ_overrides={"SCRIPT_NAME": "/gromada"}):
        below = standing_url("accounts.sign_in")

    assert (at_the_root, below) == ("/sign-in", "/gromada/sign-in")
