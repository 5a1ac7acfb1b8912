"""Addresses about hours. Importing the modules adds their routes."""

from animators.hours.views import office, partnership
from animators.hours.views.blueprint import bp

__all__ = ["bp", "office", "partnership"]
