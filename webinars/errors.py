"""The rules about webinars that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _l, ngettext


class ShortNotice(DomainError):
    field = "short_notice_reason"

    def __init__(self, days: int) -> None:
        super().__init__(
            ngettext(
                "Webinars are announced at least one day ahead. Say why this one is not: the office's figures show it.",
                "Webinars are announced at least %(num)d days ahead. Say why this one is not: the office's figures show it.",
                days,
            )
        )


class StartsInThePast(DomainError):
    field = "day"

    def __init__(self) -> None:
        super().__init__(_l("That time is over. Enter one that is still to come."))


class WrongLength(DomainError):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(_l("Enter how long it lasts in minutes: a number from 1 to 1,440."))


class WrongMinutes(DomainError):
    field = "min_minutes"

    def __init__(self) -> None:
        super().__init__(_l("Enter a number of minutes from 0 to 1,440."))


class NoSeats(DomainError):
    field = "capacity"

    def __init__(self) -> None:
        super().__init__(_l("Enter how many seats there are, from 1 to 100,000, or leave the field empty."))


class TimeIsAnnounced(DomainError):
    field = "day"

    def __init__(self) -> None:
        super().__init__(_l("Its time is announced. Move the webinar, so that everybody registered is told."))


class NotAWebAddress(DomainError):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Enter a whole web address that begins with https:// or http://."))
        self.field = field


class NoPlaceYet(DomainError):
    field = "place"

    def __init__(self) -> None:
        super().__init__(_l("Say where it is held."))


class NothingToSay(DomainError):
    field = "abstract"

    def __init__(self) -> None:
        super().__init__(_l("Say in a few sentences what it is about before it is announced."))


class NoOutsideLink(DomainError):
    field = "outside_link"

    def __init__(self) -> None:
        super().__init__(_l("Enter the page of its organiser, where people register."))


class OutsideStays(DomainError):
    field = "is_outside"

    def __init__(self) -> None:
        super().__init__(_l("It is announced: whose event it is cannot change any more."))


class NotOutside(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This is a webinar of our own. Cancel it, so that everybody registered is told."))


class NotOverYet(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("It is not over yet."))


class OnlyDrafts(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("It was announced already. Cancel it instead, so that everybody is told."))


class SeriesExists(DomainError):
    field = "name"

    def __init__(self) -> None:
        super().__init__(_l("There is a series of this name already."))


class SeriesHasEnded(DomainError):
    field = "series_id"

    def __init__(self) -> None:
        super().__init__(_l("This series has ended. Choose another, or open it again."))


class SeriesHasWebinarsToCome(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("A webinar of this series is still to come or to be announced. End the series after it.")
        )


class NotOfSeries(DomainError):
    field = "introduction_id"

    def __init__(self) -> None:
        super().__init__(_l("Choose a webinar of this series."))


class LinkOrFile(DomainError):
    field = "link"

    def __init__(self) -> None:
        super().__init__(_l("Enter an address or choose a file, one of the two."))


class TooManyMaterials(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Twenty materials are enough for one webinar. Remove one first."))
