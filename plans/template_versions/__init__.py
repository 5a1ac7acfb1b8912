"""Versions of the plan templates: seeded from the profile, checked, published and retired by the office."""
