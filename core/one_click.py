"""Ending mails with one request of a mail program (RFC 8058): it has no session and no token of a form."""

from collections.abc import Callable

from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect

View = Callable[..., ResponseReturnValue]

_MARK = "takes_one_click"


def takes_one_click(view: View) -> View:
    """For a view whose address is itself the key: signed, of one person, for ending one thing and nothing else."""
    setattr(view, _MARK, True)
    return view


def insist_on_token() -> None:
    """For the button on our own page, which is sent to the same address."""
    protection: CSRFProtect = current_app.extensions["csrf"]
    protection.protect()


def init_one_click(app: Flask, protection: CSRFProtect) -> None:
    """Every other form goes on needing its token."""
    for view in app.view_functions.values():
        if getattr(view, _MARK, False):
            protection.exempt(view)
