"""What templates put out is what Jinja's own escaping would put out."""

from enum import StrEnum

import pytest
from flask import Flask
from jinja2 import Environment
from markupsafe import Markup

from core.i18n import _l


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

    assert "environment.put_out(" in compiled
