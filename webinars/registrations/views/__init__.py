"""Addresses about seats: a person's own, and the office's list."""

from webinars.registrations.views import office, own
from webinars.registrations.views.blueprint import bp

__all__ = ["bp", "office", "own"]
