"""The rule about words that can say no."""

from core.errors import DomainError
from core.i18n import _l


class NamesPeople(DomainError):
    field = "text"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This names somebody: a number, an address or a list of names. Leave that out, and send it again."
            )
        )
