"""The browser in which somebody asked for a sign-in link: a cookie of its own holds a secret, and where they were going.

The secret is kept while the cookie lives, so that two people who share a computer can both open their links. The way on
is kept here and not in the link: whoever gets hold of the mail learns nothing from it and can change nothing in it.
"""

import secrets
from dataclasses import dataclass, replace

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from accounts.addresses import own_path
from accounts.tokens import SIGN_IN_VALID

COOKIE = "gromada_link"


@dataclass(frozen=True)
class LinkBrowser:
    secret: str
    way_on: str = "/"

    def going_to(self, way_on: str) -> "LinkBrowser":
        return replace(self, way_on=way_on)


def this_browser() -> LinkBrowser | None:
    """The one that sent this request, if it has asked for a link not long ago."""
    try:
        data = _signer().loads(request.cookies.get(_cookie(), ""))
        return LinkBrowser(str(data["secret"]), own_path(str(data["way_on"])))
    except (BadSignature, KeyError, TypeError):
        return None


def known_or_new_browser() -> LinkBrowser:
    return this_browser() or LinkBrowser(secrets.token_urlsafe(32))


def remember(response: Response, browser: LinkBrowser) -> None:
    """As long as the link works and no longer."""
    response.set_cookie(
        _cookie(),
        signed(browser),
        max_age=int(SIGN_IN_VALID.total_seconds()),
        secure=current_app.config["GROMADA"].secure,
        httponly=True,
        samesite="Lax",
    )


def forget(response: Response) -> None:
    response.delete_cookie(
        _cookie(), secure=current_app.config["GROMADA"].secure, httponly=True, samesite="Lax"
    )


def signed(browser: LinkBrowser) -> str:
    return str(_signer().dumps({"secret": browser.secret, "way_on": browser.way_on}))


def _cookie() -> str:
    return f"__Host-{COOKIE}" if current_app.config["GROMADA"].secure else COOKIE


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="sign-in-link")
