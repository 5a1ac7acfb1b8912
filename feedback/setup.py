"""What this package adds to the application."""

from flask import Flask

from feedback import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Whether a public page helped, and what the office makes of it."""
