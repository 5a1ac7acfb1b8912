"""The rules about reports that can say no, each with the sentence shown to the person."""

from datetime import date

from core.errors import DomainError
from core.formatting import day
from core.i18n import _, _l


class NotOverYet(DomainError):
    def __init__(self, last: date) -> None:
        super().__init__(
            _("The period lasts until %(day)s. Its figures can be frozen after that day.", day=day(last))
        )


class FrozenAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("The figures of this period are frozen already."))


class DaysNotInOrder(DomainError):
    field = "last"

    def __init__(self) -> None:
        super().__init__(_l("The last day lies before the first."))
