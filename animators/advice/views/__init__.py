"""Addresses about remote advice."""

from animators.advice.views import logging, outside, overview, requests
from animators.advice.views.blueprint import bp

__all__ = ["bp", "logging", "outside", "overview", "requests"]
