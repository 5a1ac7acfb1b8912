"""The office's pages about animators, an animator's own profile and leaves."""

from animators.people.views import leaves, office, profiles, reassigning
from animators.people.views.blueprint import bp

__all__ = ["bp", "leaves", "office", "profiles", "reassigning"]
