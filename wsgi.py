"""The application as a web server starts it."""

import gc
import sys

# What is loaded at the start stays to the end. Looking through it for garbage again and again was a tenth of a start and
# a quarter of every page, so it is not looked through at all, and what a page leaves behind less often.
gc.disable()
# ruff: noqa: E402 (so it has to come before everything else)

from app import create_app
from config import Config, ConfigurationError
from core.i18n import read_ahead

try:
    app = create_app(Config.from_environment())
except ConfigurationError as faults:
    sys.exit(f"Gromada cannot start:\n{faults}")
with app.app_context():
    read_ahead()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
gc.enable()
