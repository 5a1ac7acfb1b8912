"""The rules about phrases that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _l


class NamesSomebody(DomainError):
    field = "text"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This names somebody: a number, an address or a list of names. A phrase is used for many people, so leave that out."
            )
        )


class SameTitle(DomainError):
    field = "title"

    def __init__(self) -> None:
        super().__init__(
            _l("A phrase with this title is there already. Change that one or choose another title.")
        )


class NoSuchPlace(DomainError):
    field = "place"

    def __init__(self) -> None:
        super().__init__(_l("Choose one of the parts offered."))


class NotForEverybody(DomainError):
    field = "shared"

    def __init__(self) -> None:
        super().__init__(_l("Only the programme office keeps phrases for everybody."))


class NothingToKeep(DomainError):
    field = "text"

    def __init__(self) -> None:
        super().__init__(_l("Write the words that this phrase puts in."))
