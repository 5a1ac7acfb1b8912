"""The rules about seats that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _l


class NotOpenYet(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This webinar is not announced yet, so nobody can register."))


class HasBegun(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Registration is over: the webinar has begun or is past."))


class IsCancelled(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This webinar is cancelled."))


class RegisterElsewhere(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Others hold this event. Register on their page."))


class LinkIsOver(DomainError):
    """Of a guest."""

    def __init__(self) -> None:
        super().__init__(_l("This link does not work any more. Register again: you get a new one by mail."))


class NotRegistered(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("You are not registered for this webinar, so there is nothing to change."))


class IsEntered(DomainError):
    field = "email"

    def __init__(self) -> None:
        super().__init__(_l("Somebody with this address is on the list already."))


class UnknownPlace(DomainError):
    field = "place"

    def __init__(self) -> None:
        super().__init__(
            _l("We know no municipality of this name. Check how it is written, or leave the field empty.")
        )


class SeveralPlaces(DomainError):
    field = "municipality"

    def __init__(self) -> None:
        super().__init__(_l("Several municipalities are called so. Choose yours."))


class SaysNothing(DomainError):
    field = "note"

    def __init__(self) -> None:
        super().__init__(_l("Say in a few words what you need."))


class NotAhead(DomainError):
    field = "day"

    def __init__(self) -> None:
        super().__init__(_l("Choose a time that is still to come."))


class SameTime(DomainError):
    field = "day"

    def __init__(self) -> None:
        super().__init__(_l("That is the time it has already."))


class NoReason(DomainError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_l("Say why: people who registered read it."))


class ConfirmTooLate(DomainError):
    field = "confirm_by"

    def __init__(self) -> None:
        super().__init__(_l("Choose a day from today on and before the webinar."))
