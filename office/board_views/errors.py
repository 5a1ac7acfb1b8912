"""When a view of the board cannot be kept."""

from core.errors import DomainError
from core.i18n import _l


class NameTaken(DomainError):
    field = "name"

    def __init__(self) -> None:
        super().__init__(_l("You have a view of this name already."))


class NothingToKeep(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This is the whole board: narrow it, sort it or choose columns first."))
