"""Refusals: a rule of the domain says no, in a sentence for the person."""

from core.i18n import LazyString


class DomainError(Exception):
    """A rule was broken. ``field`` names the form field it belongs to, if there is one."""

    field: str | None = None

    def __init__(self, message: str | LazyString) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
