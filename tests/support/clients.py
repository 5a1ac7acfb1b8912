"""A client of the application that shares nothing with the test but the database."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.database import db

_outside = Flask("outside")


class OutsideClient(FlaskClient):
    """Sends requests as they come from outside.

    A test keeps its application context open, to call services. A request would share that context: what one request
    remembers in ``g`` (who is signed in, the language) would leak into the next. So it runs behind the context of
    another, empty application. The test's own changes are committed first: they must be there for the request, and an
    open transaction would keep SQLite from writing.

    Its browser asks for English, the language in which tests are written, unless a test sends another wish.
    """

    def __init__(self, application: Flask, **kwargs: Any) -> None:
        super().__init__(application, application.response_class, **kwargs)
        self.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.commit()
        with _outside.app_context():
            response = super().open(
                *args, buffered=kwargs.pop("buffered", True), **kwargs
            )  # so that files are closed
        for answered in (*response.history, response):
            answered.request.environ["wsgi.input"].close()  # a large upload lies in a file of its own
        return response
