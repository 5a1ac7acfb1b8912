"""Forms that keep their text until it is sent (``static/js/keep_text.js``): their script hears where to go instead of going.

A script that follows a redirect itself would open the next page twice, and lose what it says the first time.
"""

from http import HTTPStatus

from flask import Flask, Response, request

ASKED, WHERE = "X-Keep-Text", "X-Go-To"


def init_kept_text(app: Flask) -> None:
    app.after_request(_say_where)


def _say_where(response: Response) -> Response:
    if ASKED in request.headers and response.status_code == HTTPStatus.SEE_OTHER:
        response.headers[WHERE] = response.headers.pop("Location")
        response.status_code = HTTPStatus.NO_CONTENT
        response.set_data(b"")
    return response
