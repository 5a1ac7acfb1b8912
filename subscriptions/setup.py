"""What this package adds to the application."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Topics people subscribe to, and the weekly digest."""
