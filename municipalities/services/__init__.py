"""Changing the register: taking in official files. Nothing in it is ever deleted."""
