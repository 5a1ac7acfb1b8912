"""What this package adds to the application."""

from flask import Flask

from demo.commands import commands


def init_app(app: Flask) -> None:
    app.cli.add_command(commands)
