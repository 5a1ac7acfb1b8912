"""The rules about initiatives that can say no, each with the sentence shown to the person."""

from datetime import date

from core.errors import DomainError
from core.formatting import day
from core.i18n import _, _l


class NumberTaken(DomainError):
    field = "number"

    def __init__(self) -> None:
        super().__init__(_l("Another initiative has this number."))


class DayToCome(DomainError):
    field = "day"

    def __init__(self) -> None:
        super().__init__(_l("That day is still to come. Enter the day on which you learned of it."))


class BeforeTheLast(DomainError):
    field = "day"

    def __init__(self, last: date) -> None:
        super().__init__(_("It was followed up on %(day)s. Enter that day or a later one.", day=day(last)))
