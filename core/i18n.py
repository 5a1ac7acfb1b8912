"""Languages: every text a person sees goes through here."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

import flask_babel
from babel import Locale
from flask import Flask, current_app, g, has_request_context, request
from flask.globals import _cv_app
from flask_babel import Babel, force_locale
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

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


# A page has hundreds of texts, and Flask-Babel looks for the language and its catalogue anew for each of them, which
# took a fifth of the time of a page. Both are found once here; what is chosen, and when, is still Flask-Babel's.


def _(message: str, **variables: Any) -> str:
    text: str = _catalogue().ugettext(message)
    return text % variables if variables else text


def ngettext(one: str, many: str, num: int, **variables: Any) -> str:
    text: str = _catalogue().ungettext(one, many, num)
    return text % {"num": num, **variables}


def _l(message: str, **variables: Any) -> LazyString:
    return LazyString(_, message, **variables)


def lazy_ngettext(one: str, many: str, num: int, **variables: Any) -> LazyString:
    return LazyString(ngettext, one, many, num, **variables)


_catalogues: dict[str, Any] = {}
"""Language -> its messages; read once, as the files change only with the code."""


def _catalogue() -> Any:
    locale = _locale()
    if locale is None:
        return flask_babel.get_translations()
    catalogue = _catalogues.get(locale.language)
    if catalogue is None:
        catalogue = _catalogues[locale.language] = flask_babel.get_translations()
    return catalogue


def _locale() -> Locale | None:
    """What Flask-Babel keeps for the context, once it has chosen."""
    try:
        # what ``g`` stands for, found without its detour: a list asks for the language hundreds of times
        locale: Locale | None = _cv_app.get().g._flask_babel.babel_locale
    except AttributeError:  # nothing chosen yet
        locale = None
    except LookupError:  # outside of any application there is no language
        return None
    if locale is None:
        locale = flask_babel.get_locale()
    return locale


@pass_eval_context
def _in_template(context: EvalContext, message: str, **variables: Any) -> str:
    """In templates a text is markup of ours, and always a format: a lone per cent sign is written twice."""
    if variables or not context.autoescape:
        return _filled_in(_catalogue().ugettext(message), variables, context.autoescape)
    key = language(), message
    known = _markup.get(key)
    if known is None:
        known = _markup[key] = _filled_in(_catalogue().ugettext(message), {}, True)
    return known


_markup: dict[tuple[str, str], str] = {}
"""Texts of templates that nothing is filled into: each page has some eighty of the same few hundred."""


@pass_eval_context
def _plural_in_template(context: EvalContext, one: str, many: str, num: int, **variables: Any) -> str:
    return _filled_in(_catalogue().ungettext(one, many, num), {"num": num, **variables}, context.autoescape)


def _filled_in(text: str, variables: Mapping[str, Any], as_markup: bool) -> str:
    whole = Markup(text) if as_markup else text  # noqa: S704 (catalogues are part of the code)
    found: str = whole % variables
    return found


LANGUAGES: dict[str, str] = {"pl": "Polski", "en": "English"}
"""Languages by code, each named in itself; the first is the default."""

DEFAULT_LANGUAGE = next(iter(LANGUAGES))
LANGUAGE_COOKIE = "gromada_language"


def language() -> str:
    """Code of the language in force: of the page, of the reader of a mail, or the default."""
    locale = _locale()
    return str(locale.language) if locale else DEFAULT_LANGUAGE


@contextmanager
def in_language(code: str | None) -> Iterator[None]:
    """Everything translated or formatted inside is in this language."""
    with force_locale(_locale_called(code if code in LANGUAGES else DEFAULT_LANGUAGE)):
        yield


@cache
def _locale_called(code: str) -> Locale:
    """Babel would take the code apart for every page and mail."""
    return Locale.parse(code)


def read_ahead() -> None:
    """What the first page in the usual language would read: so that processes forked later share it."""
    with in_language(DEFAULT_LANGUAGE):
        _catalogue()
        flask_babel.format_datetime(datetime(2026, 1, 1, tzinfo=UTC))
        flask_babel.format_decimal(1)


def init_i18n(app: Flask) -> None:
    Babel(app, locale_selector=lambda: _locale_called(_choose_language()), timezone_selector=_time_zone)
    app.jinja_env.globals.update(_=_in_template, gettext=_in_template, ngettext=_plural_in_template)


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
