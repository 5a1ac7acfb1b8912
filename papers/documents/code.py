"""The QR code of a paper: the address of its page, where the signed scan is sent."""

import io

import segno
from flask import current_app

from papers.models import Paper

QUIET = 2
"""Modules left free around it; on white paper that is enough."""


def address_of(paper: Paper) -> str:
    """Short, so that the code stays coarse and a worn print can still be read."""
    return f"{current_app.config['PUBLIC_URL']}/p/{paper.token}"


def code_svg(paper: Paper) -> str:
    out = io.BytesIO()
    _code(paper).save(out, kind="svg", border=QUIET, xmldecl=False, dark="#24211d", light=None)
    return out.getvalue().decode()


def code_png(paper: Paper) -> bytes:
    out = io.BytesIO()
    _code(paper).save(out, kind="png", border=QUIET, scale=8)
    return out.getvalue()


def _code(paper: Paper) -> segno.QRCode:
    return segno.make(address_of(paper), error="m", micro=False)
