"""Made-up contexts with which each mail can be shown before anybody gets it: each package may add those of its own mails."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, current_app

Samples = Mapping[str, Callable[[], Mapping[str, Any]]]
"""Template, as ``mail.queue`` names it, to what makes its context; asked in the language of the reader."""

_KEY = "gromada_mail_samples"


def add_mail_samples(app: Flask, samples: Samples) -> None:
    app.extensions.setdefault(_KEY, {}).update(samples)


def mail_samples() -> Samples:
    samples: Samples = current_app.extensions.get(_KEY, {})
    return samples
