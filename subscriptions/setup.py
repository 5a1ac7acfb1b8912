"""What this package adds to the application."""

from flask import Flask

from subscriptions import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Topics people subscribe to, and the weekly digest."""
