"""No form takes spaces for an answer."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form, PasswordField, StringField
from wtforms.fields.core import UnboundField
from wtforms.validators import InputRequired

from core.i18n import in_language

NOTHING = " \t\u00a0\u200b\r\n "
"""Spaces, and what is no letter."""


def test_a_required_text_is_more_than_spaces(app: Flask):
    required = {
        f"{form.__module__}.{form.__name__}.{name}": field
        for form in kinds_of(Form)
        for name, field in vars(form).items()
        if isinstance(field, UnboundField) and is_required_text(field)
    }

    with app.test_request_context(method="POST"), in_language("en"):
        taken = [place for place, field in required.items() if takes(field, NOTHING)]

    assert taken == []
    assert len(required) > 100


def kinds_of(form: type[Form]) -> Iterator[type[Form]]:
    for kind in form.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def is_required_text(field: "UnboundField[Any]") -> bool:
    """A password is taken as it was typed: a space may be part of it."""
    validators = field.kwargs.get("validators") or (field.args[1] if len(field.args) > 1 else ())
    return (
        issubclass(field.field_class, StringField)
        and not issubclass(field.field_class, PasswordField)
        and any(isinstance(one, InputRequired) for one in validators)
    )


def takes(field: "UnboundField[Any]", text: str) -> bool:
    form = type("FormOfOne", (Form,), {"one": field})(MultiDict({"one": text}))
    return bool(form.validate())
