"""What this package adds to the application."""

from flask import Flask

from search.views import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
