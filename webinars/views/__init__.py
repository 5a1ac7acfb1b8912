"""Addresses about webinars, for people who are signed in."""

from webinars.views import materials, pages, series, writing
from webinars.views.blueprint import bp

__all__ = ["bp", "materials", "pages", "series", "writing"]
