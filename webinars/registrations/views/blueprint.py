"""The blueprint of seats at webinars."""

from flask import Blueprint

bp = Blueprint("seats", __name__)
