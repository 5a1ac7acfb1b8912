"""What keeps a person from being erased, each with what to do first."""

from collections.abc import Sequence

from core.errors import DomainError
from core.i18n import _


class StillAtWork(DomainError):
    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(_("Not yet: %(reasons)s", reasons=" ".join(reasons)))


class NobodyFound(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Nothing here is about this address."))
        self.field = "address"


class AskedAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_("There is an open request for this person already."))
        self.field = "address"


class WordsToSettle(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("First settle each text in which the surname may stand: replace it there, or leave it.")
        )


class NothingChosen(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Choose for at least one text what becomes of it."))


class NotOpen(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This request has been closed already."))


class NotOneself(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Nobody erases themselves: somebody else of the office does it."))
