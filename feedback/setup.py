"""What this package adds to the application."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Whether a public page helped, and what the office makes of it."""
