"""Why a file is not taken into the register. Each says what to do about it."""

from datetime import date

from core.errors import DomainError
from core.formatting import day, number
from core.i18n import LazyString, _


class UnusableFile(DomainError):
    """The file cannot be read as what it should be. Nothing of it is used."""


class UnusableLine(UnusableFile):
    def __init__(self, line: int, problem: str | LazyString) -> None:
        super().__init__(_("Line %(line)s: %(problem)s", line=line, problem=problem))
        self.line = line


class ImportRefused(DomainError):
    """The file can be read, but what it would do to the register needs a person first."""


class OlderThanRegister(ImportRefused):
    def __init__(self, state_on: date, known_on: date) -> None:
        super().__init__(
            _(
                "The file is of %(file)s, but the register is already that of %(known)s. Import a newer file.",
                file=day(state_on),
                known=day(known_on),
            )
        )


class StillToCome(ImportRefused):
    def __init__(self, state_on: date) -> None:
        super().__init__(
            _(
                "The file is of %(day)s, which is still to come. Import it from that day on.",
                day=day(state_on),
            )
        )


class TooManyEnd(ImportRefused):
    def __init__(self, ending: int, existing: int, allowed: float) -> None:
        super().__init__(
            _(
                "%(ending)s of %(existing)s municipalities would end, more than %(allowed)s %%: the file may be cut "
                "off or of one region only. If they really end, allow %(needed)s %% (as a command: --allow-ending %(needed)s).",
                ending=number(ending),
                existing=number(existing),
                allowed=number(allowed),
                needed=-(-ending * 100 // existing),
            )
        )


class NotTheSame(ImportRefused):
    """A decision that does not fit the register and the file."""

    def __init__(self, old: str, new: str, reason: str | LazyString) -> None:
        super().__init__(
            _("%(old)s=%(new)s cannot be taken as the same: %(reason)s", old=old, new=new, reason=reason)
        )


class ChangedMeanwhile(ImportRefused):
    def __init__(self) -> None:
        super().__init__(_("Somebody else is changing the register right now. Look at it and try again."))
