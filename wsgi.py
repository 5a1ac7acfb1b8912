"""The application as a web server starts it."""

import sys

from app import create_app
from config import Config, ConfigurationError

try:
    app = create_app(Config.from_environment())
except ConfigurationError as faults:
    sys.exit(f"Gromada cannot start:\n{faults}")
