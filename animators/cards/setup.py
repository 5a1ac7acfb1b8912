"""What work cards add to the application."""

from flask import Flask

import animators.cards.models  # noqa: F401 (their tables belong to every installation)


def init_cards(app: Flask) -> None:
    """Their tables."""
