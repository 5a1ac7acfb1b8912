"""What templates put out is what Jinja's own escaping would put out."""

from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, UndefinedError
from markupsafe import Markup
from werkzeug.local import LocalProxy

from core import templates
from core.i18n import _l
from core.templates import TRANSLATIONS


class Colour(StrEnum):
    RED = "<red>"


class Piece:
    def __html__(self) -> str:
        return "<b>piece</b>"


SHOWN = "{{ value }}"
IN_A_TAG = '<a title="{{ value }}">'
IN_A_MACRO = "{% macro one(what) %}<i>{{ what }}</i>{% endmacro %}{{ one(value) }}{{ one(one(value)) }}"
IN_A_SET = "{% set kept %}{{ value }}{% endset %}{{ kept }}"
JOINED = "{{ value ~ ' & ' ~ '<u>' | safe }}"


@pytest.mark.parametrize("template", [SHOWN, IN_A_TAG, IN_A_MACRO, IN_A_SET, JOINED])
@pytest.mark.parametrize(
    "value",
    ["a < b & \"c\" 'd'", Markup("<b>ours</b>"), Colour.RED, Piece(), 12, None, _l("<lazy> & late")],
    ids=["text", "markup", "enum", "piece", "number", "none", "lazy text"],
)
def test_every_kind_of_value_is_escaped_as_by_jinja(app: Flask, template: str, value: object) -> None:
    plain = Environment(autoescape=True)

    with app.app_context():
        ours = app.jinja_env.from_string(template)
        shown = ours.render(value=value)
        expected = plain.from_string(template).render(value=value)

    assert shown == expected


def test_a_page_of_ours_escapes_a_text_that_people_typed(app: Flask) -> None:
    with app.app_context():
        compiled = app.jinja_env.compile("{{ value }}", name="page.html", raw=True)

    assert "environment.escape_text(" in compiled


class Thing:
    name = "a < b"

    def greet(self, who: str = "nobody", *, loud: bool = False) -> str:
        return f"Hello {who}{'!' if loud else ''}"


ATTRIBUTES = "{{ thing.name }} {{ kept.name }} {{ kept['name'] }} {{ thing.greet('you', loud=True) }} {{ kept.items() | list }}"
NESTED = "{{ deep.kept.thing.name }}{% for one in many if one.on %}{{ loop.index }}{{ one.on }}{% endfor %}"
MISSING = "{{ thing.none | default('-') }}{{ kept.none | default('-') }}{{ thing.none is defined }}{{ kept.name is defined }}"
MACROS = (
    "{% macro one(a, b='B', c=3) %}<i>{{ a }}{{ b }}{{ c }}</i>{% endmacro %}"
    "{% macro box(title) %}<b>{{ title }}: {{ caller() }}</b>{% endmacro %}"
    "{% macro more(a) %}{{ a }}{{ varargs | length }}{{ kwargs.b }}{% endmacro %}"
    "{{ one(1) }}{{ one(1, 2) }}{{ one(1, 2, 4) }}{{ one(c=1, a='<') }}{{ more(1, 2, b=3) }}"
    "{% call box('T') %}{{ one('&') }}{% endcall %}"
)


@pytest.mark.parametrize("template", [ATTRIBUTES, NESTED, MISSING, MACROS])
def test_what_templates_read_and_call_is_what_jinja_would(app: Flask, template: str) -> None:
    thing, kept = Thing(), {"name": "<kept>", "thing": Thing()}
    context = {
        "thing": thing,
        "kept": kept,
        "deep": {"kept": kept},
        "many": [{"on": 1}, {"on": 0}, {"on": 2}],
    }
    plain = Environment(autoescape=True)

    with app.app_context():
        shown = app.jinja_env.from_string(template).render(**context)

    assert shown == plain.from_string(template).render(**context)


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{ thing.none }}", UndefinedError),
        ("{{ kept.none }}", UndefinedError),
        ("{{ nobody.name }}", UndefinedError),
        ("{{ nobody() }}", UndefinedError),
        ("{% macro one(a) %}{{ a }}{% endmacro %}{{ one(1, 2) }}", TypeError),
        ("{% macro one(a) %}{{ a }}{% endmacro %}{{ one(b=1) }}", TypeError),
        ("{% macro one(a) %}{{ a }}{% endmacro %}{{ one() }}", UndefinedError),
    ],
)
def test_what_is_not_there_is_an_error(app: Flask, template: str, error: type[Exception]) -> None:
    with app.app_context(), pytest.raises(error):
        app.jinja_env.from_string(template).render(thing=Thing(), kept={"name": 1})


def test_nothing_else_that_templates_call_asks_for_their_context(app: Flask) -> None:
    """Calls are made directly; only translations are told what they write for."""
    known = {name: value for name, value in app.jinja_env.globals.items() if type(value) is not LocalProxy}

    asking = {name for name, value in known.items() if hasattr(value, "jinja_pass_arg")}

    assert asking == TRANSLATIONS


def test_templates_compiled_by_another_version_of_this_are_not_run() -> None:
    assert sha256(Path(templates.__file__).read_bytes()).hexdigest()[:8] in templates.COMPILED
