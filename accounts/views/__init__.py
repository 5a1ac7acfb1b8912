"""Pages about people."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
"""Getting in and one's own account; the pages for those who manage people are in ``people``."""
