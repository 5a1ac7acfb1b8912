"""What the tests here share."""

from tests.guards.matrix.fixtures import stage

__all__ = ["stage"]
