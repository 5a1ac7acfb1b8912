"""The blueprint of the pages about animators."""

from flask import Blueprint

bp = Blueprint("animators", __name__, url_prefix="/animators")
