"""How long what is kept, as the jobs that forget have it: each registers its rule beside itself, and pages show nothing else.

What the privacy page says cannot differ from what is done: both are read from here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from core.i18n import LazyString

_KEY = "gromada_retention"


@dataclass(frozen=True)
class RetentionRule:
    key: str
    what: LazyString
    """Which records, in a few words: "Guests of a webinar"."""
    kept: Callable[[], str]
    """How long, in the reader's language; it may hang on a number of the programme."""
    why: LazyString
    then: LazyString
    """What happens afterwards: deleted, or emptied so that counts stay."""
    job: str
    """The name of the job that does it."""
    due: Callable[[], int]
    """How many would go if the job ran now. Changes nothing."""


def register_retention(app: Flask, *rules: RetentionRule) -> None:
    known: dict[str, RetentionRule] = app.extensions.setdefault(_KEY, {})
    known.update({rule.key: rule for rule in rules})


def retention_rules(app: Flask) -> list[RetentionRule]:
    rules: dict[str, RetentionRule] = app.extensions.get(_KEY, {})
    return list(rules.values())
