"""The rules about work cards that can say no, each with the sentence shown to the person."""

from datetime import date

from core.errors import DomainError
from core.formatting import day, number
from core.i18n import _, _l


class MonthNotBegun(DomainError):
    field = "month"

    def __init__(self) -> None:
        super().__init__(_l("A card is kept for this month or an earlier one, not for one to come."))


class MonthTooOld(DomainError):
    field = "month"

    def __init__(self) -> None:
        super().__init__(
            _l("A card can be begun for the last twelve months. For an earlier one write to the office.")
        )


class MonthNotOver(DomainError):
    def __init__(self, first: date) -> None:
        super().__init__(
            _(
                "The month is not over. Submit the card from %(day)s on, when nothing is added any more.",
                day=day(first),
            )
        )


class OutsideTheMonth(DomainError):
    field = "day"

    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            _("This card is for %(first)s to %(last)s. Choose a day in it.", first=day(first), last=day(last))
        )


class DayToCome(DomainError):
    field = "day"

    def __init__(self) -> None:
        super().__init__(_l("That day is still to come. Enter the work once it is done."))


class NotOfAnEarlierCard(DomainError):
    field = "day"

    def __init__(self) -> None:
        super().__init__(
            _l("A correction is for a day of an earlier month whose card was submitted. Choose such a day.")
        )


class NothingEntered(DomainError):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(_l("Enter minutes, or kilometres of a journey."))


class MinutesNegative(DomainError):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Minutes cannot be negative. To take some back from an earlier card, choose that it is a correction."
            )
        )


class TooLongADay(DomainError):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(_l("With this line the day would have more than 24 hours. Check the minutes."))


class KilometresNegative(DomainError):
    field = "km"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Kilometres cannot be negative. To take some back from an earlier card, choose that it is a correction."
            )
        )


class TooFar(DomainError):
    field = "km"

    def __init__(self, most: int) -> None:
        super().__init__(
            _(
                "With this line the day would have more than %(most)s km. Check the kilometres.",
                most=number(most),
            )
        )


class OnlyJourneysHaveALength(DomainError):
    field = "km"

    def __init__(self) -> None:
        super().__init__(_l("Kilometres belong to a journey. Choose “Travel”, or leave them out."))


class NoteMissing(DomainError):
    field = "note"

    def __init__(self) -> None:
        super().__init__(_l("Say in a few words what it was."))


class CardSubmitted(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "This card is submitted and does not change. Enter a correction on the card of the next month."
            )
        )


class ChangedSinceSeen(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("Something on this card changed since you opened it. Look at it again, then submit it.")
        )


class AnotherWasEntered(DomainError):
    """The form of a line that is there already came back with something else in it, as the browser's Back brings it."""

    def __init__(self) -> None:
        super().__init__(
            _l("From this form another line was entered already. If this is one more, save it once more.")
        )


class NothingToSubmit(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("There is nothing on this card yet."))


class ReasonMissing(DomainError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_l("Say what has to be corrected"))


class OwnCard(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This is your own card. Somebody else in the office checks it."))


class CorrectedLater(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("A later card that is submitted holds corrections of this one. Return that one first.")
        )


class NobodyToRemind(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Everybody has submitted the card of this month."))


class NobodyToRemindAnew(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Nobody is reminded anew: it was done today already, or they want no reminders."))
