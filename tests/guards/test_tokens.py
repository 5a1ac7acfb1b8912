"""Nothing is changed by a form that our own pages did not make."""

import re
from datetime import date
from uuid import UUID

from flask import Flask
from werkzeug.routing import BaseConverter, Rule

WITHOUT_TOKEN: frozenset[str] = frozenset({
    # Their addresses are signed; they act for nobody, so no page sets a cookie for them, and other sites are refused
    "public.page_helpful", "public.helpful_words",
})  # fmt: skip
"""Endpoints that take a POST without a token, each with its reason beside it."""

EXPIRED = ("This form has expired", "Ten formularz stracił ważność")
"""Some addresses are in one language."""

READING = frozenset({"GET", "HEAD", "OPTIONS"})
SAMPLES = (1, "x", 1.5, date(2026, 4, 15), UUID(int=1), "earlier")


def test_every_changing_request_without_a_token_is_refused(app, client):
    taken = []
    for rule in changing_rules(app):
        for method in sorted((rule.methods or set()) - READING):
            response = client.open(address(rule), method=method)
            if response.status_code != 400 or not any(words in response.text for words in EXPIRED):
                taken.append(f"{method} {rule.rule} answered {response.status_code}")

    assert taken == []


def test_the_list_of_exceptions_names_routes_that_exist(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= WITHOUT_TOKEN


def changing_rules(app: Flask) -> list[Rule]:
    rules = [rule for rule in app.url_map.iter_rules() if (rule.methods or set()) - READING]
    assert rules, "there must be something that could be refused"
    return [rule for rule in rules if rule.endpoint not in WITHOUT_TOKEN]


def address(rule: Rule) -> str:
    """An address that this rule answers, with something fitting in every place."""
    values = {name: sample(name, converter) for name, converter in rule._converters.items()}
    _, path = rule.build(values, append_unknown=False) or ("", rule.rule)
    return path


def sample(name: str, converter: BaseConverter) -> object:
    for value in ("pl",) if name == "language" else SAMPLES:
        try:
            if re.fullmatch(converter.regex, converter.to_url(value)):
                return value
        except (TypeError, ValueError, AttributeError):
            continue
    raise AssertionError(f"give SAMPLES something that fits {name}")
