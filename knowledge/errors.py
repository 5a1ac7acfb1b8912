"""The rules about offers that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _l


class NoCategory(DomainError):
    field = "life_areas"

    def __init__(self) -> None:
        super().__init__(_l("Choose at least one area of digital skills or of life."))


class NotInList(DomainError):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Choose from what is offered."))
        self.field = field


class WasDeclined(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("It was not taken: nothing of it changes any more. Enter it anew."))


class OfferNamesPeople(DomainError):
    field = "summary"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This names somebody: a number, an address or a list of names. Leave that out, and send it again."
            )
        )
