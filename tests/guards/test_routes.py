"""Every address says who may open it, and what is written about that is what the code does."""

import dataclasses

import pytest
from flask import Flask

from accounts.guards import GUARD
from accounts.policy import Permission
from config import ROOT, Mode
from script.generated_docs import documents
from tests.support.applications import make_app, make_config

PUBLIC = {
    # Getting in, and what a visitor can set
    "accounts.sign_in", "accounts.second_step", "accounts.sign_out", "accounts.forgot_password", "accounts.password_link_sent",
    "accounts.new_password", "accounts.invitation", "accounts.switch_language", "accounts.ask_for_sign_in_link",
    "accounts.sign_in_link_sent", "accounts.sign_in_by_link", "accounts.do_by_link", "accounts.stop_mails",
    # The programme, published plans, what goes into a plan
    "public.start", "public.home", "public.plans", "public.verification", "public.municipality", "public.plan", "public.plan_version",
    "public.plan_file", "public.plan_version_file", "public.home_picture", "public.picture", "public.animators", "public.animator_photo", "public.privacy",
    "public.accessibility", "public.privacy_in_ones_language", "public.accessibility_in_ones_language", "plans.instructions",
    "handbooks.file",
    "public.robots", "public.sitemap",
    # Webinars that are announced, with calendars and feeds of them
    "public.webinars", "public.webinar", "public.webinar_series", "public.webinar_calendar", "public.webinars_calendar",
    "public.webinar_series_calendar", "public.webinars_feed", "public.webinar_series_feed", "webinars.material",
    "public.webinar_transcript", "recordings.file",
    # Registering without an account, and what the secret links of a guest's mails open
    "public.register_for_webinar", "public.registration_sent", "public.confirm_registration", "public.seat",
    "public.cancel_seat", "public.confirm_time", "public.seat_calendar",
    # Checking a certificate of attendance
    "public.certificate_check", "public.certificate", "public.guest_certificate", "public.guest_certificate_file",
    # News by mail without an account, the digest, whether a page helped
    "public.subscribe", "public.news_asked", "public.news_stopped", "public.confirm_news", "public.own_news",
    "public.stop_news", "public.digests", "public.digest", "public.digests_feed", "public.page_helpful",
    "public.office_news", "public.office_news_feed",
    "public.helpful_words", "public.helpful_thanks",
    # Initiatives; offers of others, and suggesting one without an account
    "public.initiatives", "public.initiative", "public.initiatives_feed",
    "public.offers", "public.offer", "public.suggest_offer", "public.offer_suggested",
    # Logos at the foot of every page
    "programme.logo",
    # A private calendar: the address itself is the key
    "agenda.feed",
    # A file whose owner said so
    "files.public_file",
}  # fmt: skip
"""Open to everybody. Whoever adds a view here has thought about what it shows to a stranger."""

OF_THE_INSTALLATION = {"static", "health.live", "health.ready", "metrics.show"}
"""These lie in ``core``, which knows no people."""

IN_A_DEMONSTRATION = "/dev/"
"""Below it lie pages for developers, of which an installation for real work has none."""


@pytest.fixture(scope="module")
def application(worker_app: Flask) -> Flask:
    return worker_app


def endpoints(application: Flask) -> set[str]:
    routes = application.url_map.iter_rules()
    return {
        route.endpoint for route in routes if not route.rule.startswith(IN_A_DEMONSTRATION)
    } - OF_THE_INSTALLATION


def guard_of(application: Flask, endpoint: str) -> object:
    return getattr(application.view_functions[endpoint], GUARD, None)


def test_every_route_has_a_guard(application):
    unguarded = {
        endpoint
        for endpoint in endpoints(application)
        if not isinstance(guard_of(application, endpoint), Permission)
        and guard_of(application, endpoint) != "public"
    }

    assert unguarded == set(), "put @allowed, @allowed_on or @public directly below the route"


def test_what_is_open_to_everybody_is_on_the_list(application):
    public = {name for name in endpoints(application) if guard_of(application, name) == "public"}

    assert public == PUBLIC


def test_a_view_without_a_guard_is_found(application):
    """The guard of the guard: what it looks at tells guarded views from others."""
    guarded = application.view_functions["plans.submit"]

    assert (getattr(guarded, GUARD), hasattr(guarded.__wrapped__, GUARD)) == (Permission.PLAN_SUBMIT, False)


ASKED_WITHIN = {Permission.ORGANISATION_CALL, Permission.PHRASE_SHARE, Permission.SEAT_CHANGE}
"""On a page that others have too it opens one choice more."""


def test_every_permission_is_asked_for_somewhere(application):
    asked = {guard_of(application, name) for name in endpoints(application)}

    assert set(Permission) - asked == ASKED_WITHIN


def test_real_work_has_no_pages_for_developers(application, run_folder):
    demonstration = make_config(run_folder / "production", f"sqlite:///{run_folder}/never-opened.sqlite3")
    config = dataclasses.replace(demonstration, mode=Mode.PRODUCTION, public_url="https://gromada.example")

    production = {route.endpoint for route in make_app(config).url_map.iter_rules()}

    assert production == endpoints(application) | OF_THE_INSTALLATION


def test_changes_are_made_by_post_alone(application):
    methods = {
        (route.endpoint, method)
        for route in application.url_map.iter_rules()
        for method in (route.methods or set()) - {"GET", "HEAD", "OPTIONS", "POST"}
    }

    assert methods == set()


@pytest.mark.parametrize("path", ["docs/permissions.md", "docs/template-columns.md"])
def test_what_is_written_about_it_is_in_step(application, path):
    assert (ROOT / path).read_text() == documents(application)[path], "run script/docs"
