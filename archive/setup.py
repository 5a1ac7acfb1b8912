"""What this package adds to the application."""

from flask import Flask

from archive.commands import commands


def init_app(app: Flask) -> None:
    app.cli.add_command(commands)
