"""The rules about meetings that can say no, each with the sentence shown to the person."""

from datetime import date

from core.errors import DomainError
from core.formatting import day
from core.i18n import _, _l


class DayIsOver(DomainError):
    field = "held_on"

    def __init__(self) -> None:
        super().__init__(_l("That day is over. If the meeting was held, record it instead."))


class NotHeldYet(DomainError):
    field = "held_on"

    def __init__(self, held_on: date) -> None:
        super().__init__(_("The meeting is on %(day)s. Record it once it has been held.", day=day(held_on)))


class SameMeeting(DomainError):
    field = "held_on"

    def __init__(self, held_on: date) -> None:
        super().__init__(
            _("A meeting on %(day)s at this time is entered already. Change that one.", day=day(held_on))
        )


class NobodyCame(DomainError):
    field = "people_count"

    def __init__(self) -> None:
        super().__init__(_l("Enter how many people came: a number from 1 to 10,000."))


class TooLong(DomainError):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(_l("Enter how long it lasts in minutes: a number from 1 to 1,440."))


class CalledOff(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This meeting was called off. Call a new one."))


class AlreadyHeld(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This meeting is recorded as held: there is nobody left to invite."))


class NobodyToInvite(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("No member has an e-mail address yet. Add one to a member, then send the invitation.")
        )


class EverybodyInvited(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Everybody with an address has the invitation already."))
