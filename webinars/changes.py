"""Who wants to know that an announced webinar has changed: those registered get word of it, and free seats are given away."""

from collections.abc import Callable, Set

from flask import Flask, current_app

from accounts.models import User
from webinars.models import Webinar

_KEY = "gromada_webinar_changes"

Listener = Callable[[Webinar, Set[str], User], None]
"""Asked in the same transaction, with the names of the fields that are different now and whoever changed them."""


def on_change(app: Flask, listener: Listener) -> None:
    app.extensions.setdefault(_KEY, []).append(listener)


def tell_of(webinar: Webinar, fields: Set[str], *, actor: User) -> None:
    listeners: list[Listener] = current_app.extensions.get(_KEY, [])
    for listener in listeners:
        listener(webinar, fields, actor)
