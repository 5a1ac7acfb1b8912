"""The blueprint of the pages about hours."""

from flask import Blueprint

bp = Blueprint("hours", __name__)
