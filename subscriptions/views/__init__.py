"""Addresses about news and the digest, for people who are signed in."""

from subscriptions.views import issues, own
from subscriptions.views.blueprint import bp

__all__ = ["bp", "issues", "own"]
