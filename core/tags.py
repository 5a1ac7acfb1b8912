"""Tags of a status, made once for each language: a list shows the same few again and again."""

from functools import lru_cache

from flask import Flask, current_app
from markupsafe import Markup

from core.i18n import language
from core.labels import LabelledEnum


def status_tag(member: LabelledEnum) -> Markup:
    return _tag(type(member), member, language())


@lru_cache(maxsize=512)
def _tag(_kind: type[LabelledEnum], member: LabelledEnum, _language: str) -> Markup:
    """Members of two enums may be equal as texts, so their kind is part of what is kept."""
    macros = current_app.jinja_env.get_template("components/tags.html").module
    made: Markup = macros.status(member)  # type: ignore[attr-defined]  # a macro of the template
    return made


def init_tags(app: Flask) -> None:
    app.jinja_env.filters["status_tag"] = status_tag
