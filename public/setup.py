"""What this package adds to the application."""

from flask import Flask, Response, current_app, request

from municipalities.followers import register_follower
from public import animators, files, recordings, registrations, sitemap, verifying, views, webinars
from public.blueprint import bp
from public.following import AddressesFollow

__all__ = ["animators", "files", "init_app", "recordings", "registrations", "sitemap", "verifying", "views", "webinars"]


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    register_follower(AddressesFollow())
    app.after_request(_keep_samples_out_of_search)


def _keep_samples_out_of_search(response: Response) -> Response:
    """Invented people and plans must not turn up in a search engine as if they were real."""
    if current_app.config["GROMADA"].is_demo and request.blueprint == "public":
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
