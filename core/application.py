"""The application around every request: one unit of work, error pages with a reference, security headers."""

import logging
import secrets
from collections.abc import Callable
from functools import cache, partial
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, abort, current_app, render_template, request
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from sqlalchemy.engine import Engine, ExceptionContext
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map, Rule

from core.database import db, writing
from core.errors import DomainError
from core.i18n import LazyString, _, _l, language
from core.templates import PageEnvironment
from core.uploads import FORM_AROUND_FILES, TAKES_FILES, Taken, at_most
from core.workflow import NotNow

logger = logging.getLogger(__name__)

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)

ERRORS: dict[int, tuple[str | LazyString, str | LazyString]] = {
    400: (_l("The request could not be understood"), _l("Go back, check what you typed and try again.")),
    403: (
        _l("This page is not for your role"),
        _l("If you should be able to open it, ask the programme office."),
    ),
    404: (
        _l("There is no such page"),
        _l("The address may be mistyped, or what was here is not shown to you."),
    ),
    405: (
        _l("There is no such page"),
        _l("The address may be mistyped, or what was here is not shown to you."),
    ),
    409: (_l("This cannot be done now"), _l("Look at where it stands now and decide again.")),
    413: (_l("The file is too large"), _l("Send a smaller file.")),
    429: (_l("Too many attempts"), _l("Wait a few minutes and try again.")),
    500: (_l("Something went wrong on our side"), _l("Nothing was changed. Try again in a while.")),
    503: (_l("The system cannot work right now"), _l("Nothing was lost. Try again in a few minutes.")),
}

LARGEST_FORM = 256 * 1024
"""Bytes of a form without files. One in parts is bounded part by part, any other is read as a whole."""


class RecordId(IntegerConverter):
    """Numbers in addresses are ids of records: one that no column could hold names no record."""

    regex = "[0-9]{1,10}"

    def __init__(self, url_map: Map, **limits: Any) -> None:
        super().__init__(url_map, **{"max": 2**31 - 1, **limits})


class Address(Rule):
    """Werkzeug compiles two functions for each address at the start, to write it with; most are never asked for.

    Here each is compiled when it is first called.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))

        def written(rule: Rule, **values: Any) -> tuple[str, str]:
            return compiled()(rule, **values)

        return written


class Cookies(SecureCookieSessionInterface):
    """What signs a session is made once, instead of twice for each request: its key is that of the process."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer


class Application(Flask):
    """Answers a request as one unit of work: what it changed is kept when it answered below 400, else nothing is."""

    jinja_environment = PageEnvironment
    url_rule_class = Address

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session_interface = Cookies()

    def full_dispatch_request(self) -> Response:
        with writing(request.method not in READING_METHODS):
            return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        response = self.make_response(super().dispatch_request())
        if request.method not in READING_METHODS and response.status_code < HTTPStatus.BAD_REQUEST:
            db.session().expire_on_commit = False  # nobody reads after it
            db.session.commit()
        else:
            db.session.close()  # as a rollback, but what was read is let go at once instead of marked as out of date
        return response


def init_application(app: Flask) -> None:
    app.url_map.converters["int"] = RecordId
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(DomainError, _refusal)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _failure)
    app.before_request(_bound_request)
    app.after_request(_secure)


def _bound_request() -> None:
    """Before anybody reads it: no more than a form can hold, and no NUL, which PostgreSQL has no place for."""
    if "\0" in request.path or b"%00" in request.query_string:
        abort(HTTPStatus.BAD_REQUEST)
    if request.mimetype != "multipart/form-data":
        request.max_content_length = LARGEST_FORM
        return
    taken = _files_taken()
    if taken is not None:
        with writing(False):  # nobody waits for the database while a large file is on its way
            request.max_content_length = taken.together() + FORM_AROUND_FILES
            db.session.rollback()


def _files_taken() -> Taken | None:
    return getattr(current_app.view_functions.get(request.endpoint or ""), TAKES_FILES, None)


def _secure(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if current_app.config["GROMADA"].secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static" and "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return response


def error_page(
    code: int, *, explanation: str | LazyString | None = None, title: str | LazyString | None = None
) -> ResponseReturnValue:
    """The page for an error: what happened, what to do, a reference for whoever helps, and a way on."""
    _forget_transaction()
    usual_title, usual_explanation = ERRORS.get(code, ERRORS[400 if code < 500 else 500])
    reference = secrets.token_hex(4)
    logger.info("error %s reference=%s rule=%r", code, reference, _rule())
    try:
        page = render_template(
            "errors/error.html",
            code=code,
            title=title or usual_title,
            explanation=explanation or usual_explanation,
            way_on=[*_way_back(code), (_("Go to the home page"), "/")],
            reference=reference,
        )
    except SQLAlchemyError as failure:  # the frame of the page names the programme and the person
        return _plain(failure, 503)
    return page, code


def _way_back(code: int) -> list[tuple[str, str]]:
    """To the form a file came from, where its address shows one."""
    rule = request.url_rule
    if code != HTTPStatus.REQUEST_ENTITY_TOO_LARGE or rule is None or "GET" not in (rule.methods or ()):
        return []
    return [(_("Back to the form"), request.script_root + request.full_path.removesuffix("?"))]


def plain_error_page(code: int, reference: str) -> ResponseReturnValue:
    """For when the database or a template may be the reason: without the frame that names a person and a programme."""
    title, explanation = ERRORS[code]
    template = current_app.jinja_env.get_template("errors/plain.html")
    page = template.render(
        code=code, title=title, explanation=explanation, reference=reference, language=language()
    )
    return page, code


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        answer = _too_large()
    else:
        own_words = error.description if isinstance(error.description, LazyString) else None
        answer = error_page(error.code if error.code in ERRORS else 400, explanation=own_words)
    response = current_app.make_response(answer)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _too_large() -> ResponseReturnValue:
    """Files beyond what this address takes; or texts, where files of as many bytes would be taken."""
    limit, sent = request.max_content_length or 0, request.content_length
    if request.mimetype != "multipart/form-data" or (sent is not None and sent <= limit):
        return error_page(
            413,
            title=_l("The form is too large"),
            explanation=_l("Shorten what you typed and send it again. Nothing of it was kept."),
        )
    taken = _files_taken()
    return error_page(413, explanation=taken.in_words if taken else at_most(limit))


def _expired_form(error: CSRFError) -> ResponseReturnValue:
    return error_page(
        400,
        title=_l("This form has expired"),
        explanation=_l("Go back, reload the page and send it again: what you typed is still there."),
    )


def _refusal(error: DomainError) -> ResponseReturnValue:
    return error_page(409, explanation=str(error))


def _overtaken(error: StaleDataError) -> ResponseReturnValue:
    return error_page(409, explanation=str(NotNow()))


def _database_away(error: OperationalError) -> ResponseReturnValue:
    return _plain(error, 503)


def _failure(error: Exception) -> ResponseReturnValue:
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return _plain(error, 500)


def _plain(error: Exception, code: int) -> ResponseReturnValue:
    reference = secrets.token_hex(4)
    logger.error("error %s reference=%s rule=%r", code, reference, _rule(), exc_info=error)
    _forget_transaction()
    return plain_error_page(code, reference)


@event.listens_for(Engine, "handle_error")
def _leave_values_out(context: ExceptionContext) -> None:
    """PostgreSQL names the rule in its first line, and below it the row: names and addresses that belong in no log."""
    if getattr(context.original_exception, "sqlstate", None) is None:
        return  # SQLite shows no values; where no server answered, what lies below says why
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None:
            error.args = tuple(str(one).partition("\n")[0] for one in error.args)


def _rule() -> str:
    """The pattern of the address, not the address: that may hold a link that still works."""
    return str(request.url_rule or "none")


def _forget_transaction() -> None:
    try:
        db.session.rollback()
    except Exception:
        logger.exception("rollback failed")
        db.session.remove()
