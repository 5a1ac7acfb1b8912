"""Several people at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from core.database import db
from core.i18n import in_language


def all_at_once(app: Flask, attempts: list[Callable[[], object]]) -> None:
    """Each with a session of its own; whatever goes wrong is raised."""
    barrier = Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> None:
        with app.app_context(), in_language("en"):
            barrier.wait()
            try:
                attempt()
                db.session.commit()
            finally:
                db.session.remove()

    db.session.commit()
    with ThreadPoolExecutor(len(attempts)) as pool:
        list(pool.map(run, attempts))
