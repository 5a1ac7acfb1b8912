"""When a letter cannot be kept or sent."""

from collections.abc import Sequence

from core.errors import DomainError
from core.i18n import _, _l


class UnknownPlaceholder(DomainError):
    def __init__(self, names: Sequence[str], field: str) -> None:
        super().__init__(
            _("There is no such placeholder: %(names)s. Take one from the list.", names=", ".join(names))
        )
        self.field = field


class ListInSubject(DomainError):
    field = "subject"

    def __init__(self) -> None:
        super().__init__(_l("The list of what is missing has several lines: it belongs in the text."))


class SentAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This letter has been sent: nothing of it changes any more."))


class NobodyToWriteTo(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("None of these municipalities has a leader today: there is nobody to write to."))


class TooManyFiles(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("A letter takes at most three files. Remove one first."))
