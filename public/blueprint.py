"""The blueprint of the public pages and files."""

from flask import Blueprint

bp = Blueprint("public", __name__)
