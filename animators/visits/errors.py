"""The rules about dates of visits that can say no, each with the sentence shown to the person."""

from datetime import date, datetime

from core.errors import DomainError
from core.formatting import day
from core.i18n import _, _l, ngettext

MOST_SLOTS = 5
LEAST_MINUTES, MOST_MINUTES = 15, 12 * 60


class SlotRefused(DomainError):
    """About one of several dates: ``index`` says which, from 0."""

    field: str | None = "day"
    index: int = 0


class NoDate(SlotRefused):
    def __init__(self) -> None:
        super().__init__(_l("Enter at least one date."))


class TooManyDates(SlotRefused):
    def __init__(self, given: int) -> None:
        super().__init__(
            _(
                "Propose at most %(most)s dates: %(given)s are too many to choose from.",
                most=MOST_SLOTS,
                given=given,
            )
        )


class InThePast(SlotRefused):
    def __init__(self, when: str) -> None:
        super().__init__(_("%(when)s is over. Choose a date that is still to come.", when=when))


class NoSuchMoment(SlotRefused):
    """A day of another age, or a time that the clocks leap over."""

    def __init__(self, refusal: DomainError) -> None:
        super().__init__(refusal.message)
        self.field = refusal.field


class AfterTheProgramme(SlotRefused):
    def __init__(self, ends_on: date) -> None:
        super().__init__(
            _("The programme ends on %(day)s. Choose that day or an earlier one.", day=day(ends_on))
        )


class NobodyAdvises(SlotRefused):
    def __init__(self, place: str, on: date) -> None:
        super().__init__(
            _(
                "On %(day)s no animator advises %(place)s. Choose another day, or ask the programme office.",
                day=day(on),
                place=place,
            )
        )


class SomebodyElseAdvises(SlotRefused):
    def __init__(self, place: str, on: date) -> None:
        super().__init__(
            _(
                "On %(day)s somebody else advises %(place)s. Choose a day on which you do.",
                day=day(on),
                place=place,
            )
        )


class Overlaps(SlotRefused):
    def __init__(self, when: str) -> None:
        super().__init__(
            _("This overlaps with %(when)s, which you propose as well. Keep one of the two.", when=when)
        )


class LengthOutOfBounds(SlotRefused):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Enter how long the visit lasts in minutes: a whole number from %(least)s to %(most)s.",
                least=LEAST_MINUTES,
                most=MOST_MINUTES,
            )
        )


class NoPlace(SlotRefused):
    field = "place"

    def __init__(self) -> None:
        super().__init__(_l("Enter the place: where you meet, in up to 300 characters."))


class SayForWhom(DomainError):
    field = "for_side"

    def __init__(self) -> None:
        super().__init__(_l("Choose for whom the programme office does this."))


class NoWord(DomainError):
    field = "note"

    def __init__(self) -> None:
        super().__init__(_l("Say in a few words why: the other side reads it."))


class NoReason(DomainError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_l("Say why: both sides read it."))


class NoSuchVisit(DomainError):
    def __init__(self, most: int) -> None:
        super().__init__(
            ngettext(
                "A municipality has one visit in this programme.",
                "A municipality has %(num)d visits in this programme.",
                most,
            )
        )


class AllVisitsEntered(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("All visits of this municipality are entered already. Move or cancel one of them.")
        )


class OnItsWayAlready(DomainError):
    """Somebody else was faster: of each number there is one visit."""

    def __init__(self, number: int, status: str) -> None:
        super().__init__(
            _(
                "Visit %(number)s has been entered meanwhile (%(status)s). Look at it before you go on.",
                number=number,
                status=status,
            )
        )


class AnsweredAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("These dates have been answered already. Look at where the visit stands now."))


class OwnDates(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("Your own side proposed this. The other side answers; you can propose other dates instead.")
        )


class OthersAsked(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Only the side that asked to move the visit can leave it on its date."))


class NothingToAnswer(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("No date waits for an answer. Propose dates, or enter what you agreed by phone."))


class StandsAlready(DomainError):
    def __init__(self, since: datetime | None) -> None:
        super().__init__(
            _("This date stands since %(day)s. You can still move or cancel the visit.", day=day(since))
            if since
            else _("This date has changed meanwhile. Look at where the visit stands now.")
        )


class HasBegun(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("The visit has begun already, so it cannot move. If it was not held, cancel it."))
