"""Languages: every text a person sees goes through here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import flask_babel
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, force_locale
from flask_babel.speaklater import LazyString

__all__ = [
    "LANGUAGES",
    "LazyString",
    "_",
    "_l",
    "in_language",
    "init_i18n",
    "language",
    "lazy_ngettext",
    "ngettext",
]

# Flask-Babel has no types; with these every text is known to be one.
_: Callable[..., str] = flask_babel.gettext
_l: Callable[..., LazyString] = flask_babel.lazy_gettext
ngettext: Callable[..., str] = flask_babel.ngettext
lazy_ngettext: Callable[..., LazyString] = flask_babel.lazy_ngettext

LANGUAGES: dict[str, str] = {"pl": "Polski", "en": "English"}
"""Languages by code, each named in itself; the first is the default."""

DEFAULT_LANGUAGE = next(iter(LANGUAGES))
LANGUAGE_COOKIE = "gromada_language"


def language() -> str:
    """Code of the language in force: of the page, of the reader of a mail, or the default."""
    locale = flask_babel.get_locale()
    return str(locale.language) if locale else DEFAULT_LANGUAGE


@contextmanager
def in_language(code: str | None) -> Iterator[None]:
    """Everything translated or formatted inside is in this language."""
    with force_locale(code if code in LANGUAGES else DEFAULT_LANGUAGE):
        yield


def init_i18n(app: Flask) -> None:
    Babel(app, locale_selector=_choose_language, timezone_selector=_time_zone)


def _time_zone() -> str:
    return str(current_app.config["TIME_ZONE"])


def _choose_language() -> str:
    """The address of a public page says its language; else the person's own; else what the browser asks for."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    wishes = (_in_address(), getattr(g, "preferred_language", None), request.cookies.get(LANGUAGE_COOKIE))
    chosen = next((wish for wish in wishes if wish in LANGUAGES), None)
    return chosen or request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def _in_address() -> str:
    return request.path.split("/", 2)[1]
