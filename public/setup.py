"""What this package adds to the application."""

from flask import Flask, Response, current_app, request

import public.digests
import public.helpful
import public.initiatives
import public.offers
import public.office_news
import public.subscribing
from municipalities.followers import register_follower
from public import (
    animators,
    certificates,
    files,
    recordings,
    registrations,
    sitemap,
    verifying,
    views,
    webinars,
)
from public.blueprint import bp
from public.following import AddressesFollow
from public.passing_on import plain_address

__all__ = [
    "animators",
    "certificates",
    "files",
    "init_app",
    "recordings",
    "registrations",
    "sitemap",
    "verifying",
    "views",
    "webinars",
]


NEWS_PAGES = (public.digests, public.initiatives, public.office_news, public.offers, public.subscribing)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    register_follower(AddressesFollow())
    app.after_request(_keep_samples_out_of_search)
    app.jinja_env.globals.update(helpful_address=public.helpful.address_for, plain_address=plain_address)


def _keep_samples_out_of_search(response: Response) -> Response:
    """Invented people and plans must not turn up in a search engine as if they were real."""
    if current_app.config["GROMADA"].is_demo and request.blueprint == "public":
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
