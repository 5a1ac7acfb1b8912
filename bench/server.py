"""What a run measures, in one process: the application, and under ``/floor`` the bare routes on the same database.

``gunicorn bench.server:application`` starts it. Every answer says how much processor time it took.
"""

import os
import time
from collections.abc import Iterable
from typing import Any

from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bench.floor import floor_app, rules_of_today, words_of_board
from bench.servers import CPU_HEADER
from core.i18n import in_language
from wsgi import app

database_url = f"sqlite:///{os.environ['DATA_DIR']}/gromada.sqlite3"
with app.app_context(), in_language("pl"):
    floor = floor_app(database_url, words_of_board(), rules_of_today())
both = DispatcherMiddleware(app.wsgi_app, {"/floor": floor.wsgi_app})


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    began = time.thread_time_ns()
    kept: list[Any] = []

    def remember(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        kept[:] = [status, headers, rest]
        return lambda _data: None

    answer = both(environ, remember)
    body = [b"".join(answer)]
    if hasattr(answer, "close"):
        answer.close()
    status, headers, rest = kept
    start_response(status, [*headers, (CPU_HEADER, str(time.thread_time_ns() - began))], *rest)
    return body
