"""The rules about hours that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.formatting import hours
from core.i18n import _, _l


class OverBudgetNeedsReason(DomainError):
    """``over`` minutes do not fit: the form asks why, and is sent again with the answer."""

    field = "over_reason"

    def __init__(self, over: int) -> None:
        self.over = over
        super().__init__(
            _(
                "%(over)s go over the pot. Say why they were needed: the programme office decides about them.",
                over=hours(over),
            )
        )


class NoteNeeded(DomainError):
    field = "note"

    def __init__(self) -> None:
        super().__init__(_l("Say why: the leader and the animator read it."))


class ReasonNeeded(DomainError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_l("Say why the hours change: it stands beside them for good."))


class NotEnoughThere(DomainError):
    """The pot that gives never goes below what is free in it."""

    field = "minutes"

    def __init__(self, wanted: int, free: int) -> None:
        super().__init__(
            _(
                "Only %(free)s are free there, and %(wanted)s would go. What is used already cannot be taken away.",
                free=hours(free),
                wanted=hours(wanted),
            )
        )


class NothingChanges(DomainError):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(_l("Enter how many minutes more or fewer: not zero."))


class BookedAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("These minutes are entered already. Correct them instead."))


class OwnRequest(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "You asked for these minutes yourself. Somebody else in the programme office decides about them."
            )
        )


class OwnAdvice(DomainError):
    """Somebody else may have asked, as whoever writes the report of a colleague."""

    def __init__(self) -> None:
        super().__init__(
            _l("This is about your own advice. Somebody else in the programme office decides about it.")
        )
