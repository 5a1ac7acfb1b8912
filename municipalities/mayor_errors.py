"""The rules about mayors that can say no."""

from datetime import date

from core.errors import DomainError
from core.formatting import day
from core.i18n import _
from municipalities.models import Mayor


class MayorEndsFirst(DomainError):
    field = "valid_to"

    def __init__(self, valid_from: date) -> None:
        super().__init__(_("The last day lies before the first one, %(day)s.", day=day(valid_from)))


class MayorsOverlap(DomainError):
    """A municipality has one head at a time."""

    field = "valid_from"

    def __init__(self, other: Mayor | None) -> None:
        super().__init__(self._sentence(other))

    @staticmethod
    def _sentence(other: Mayor | None) -> str:
        if other is None:
            return str(
                _(
                    "Somebody is in office on some of these days already. Look at the list and choose other days."
                )
            )
        if other.valid_to is None:
            return str(
                _(
                    "%(name)s is in office since %(first)s. Choose days that do not overlap.",
                    name=other.name,
                    first=day(other.valid_from),
                )
            )
        return str(
            _(
                "%(name)s was in office from %(first)s to %(last)s. Choose days that do not overlap.",
                name=other.name,
                first=day(other.valid_from),
                last=day(other.valid_to),
            )
        )
