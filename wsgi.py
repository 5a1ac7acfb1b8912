"""The application as a web server starts it."""

import gc
import sys

gc.disable()  # what is loaded now stays: looking through it again and again is a tenth of a start
# ruff: noqa: E402 (so it has to come before everything else)

from app import create_app
from config import Config, ConfigurationError

try:
    app = create_app(Config.from_environment())
except ConfigurationError as faults:
    sys.exit(f"Gromada cannot start:\n{faults}")
gc.freeze()
gc.enable()
