"""What this package adds to the application."""

from flask import Flask

import intake.models  # noqa: F401 (their tables belong to every installation)
import plans.earlier  # noqa: F401 (the same)


def init_app(app: Flask) -> None:
    """Nothing yet."""
