"""Ending mails with one request of a mail program (RFC 8058): it has no session and no token of a form."""

from collections.abc import Callable

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect

View = Callable[..., ResponseReturnValue]

_MARK = "takes_one_click"


def takes_one_click(view: View) -> View:
    """For a view whose address is itself the key: signed, of one person, for ending one thing and nothing else."""
    setattr(view, _MARK, True)
    return view


def init_one_click(app: Flask, protection: CSRFProtect) -> None:
    """Every other form goes on needing its token."""
    for view in app.view_functions.values():
        if getattr(view, _MARK, False):
            protection.exempt(view)
