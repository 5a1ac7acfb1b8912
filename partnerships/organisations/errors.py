"""The rules about organisations that can say no."""

from datetime import date

from core.errors import DomainError
from core.formatting import day
from core.i18n import _, _l


class PartOfItself(DomainError):
    field = "parent"

    def __init__(self) -> None:
        super().__init__(_l("An organisation cannot be a part of itself."))


class PartsInCircle(DomainError):
    field = "parent"

    def __init__(self, parent: str, name: str) -> None:
        super().__init__(
            _(
                "%(parent)s is a part of %(name)s already: it cannot also be above it.",
                parent=parent,
                name=name,
            )
        )


class NoSuchParent(DomainError):
    field = "parent"

    def __init__(self) -> None:
        super().__init__(_l("No organisation of this municipality is called that. Choose one from the list."))


class OrganisationOver(DomainError):
    field = "name"

    def __init__(self, name: str, ended_on: date) -> None:
        super().__init__(_("%(name)s ended on %(day)s.", name=name, day=day(ended_on)))


class EndedInFuture(DomainError):
    field = "ended_on"

    def __init__(self) -> None:
        super().__init__(_l("The day lies in the future. Record it once the organisation has ended."))


class EndedBeforeJoining(DomainError):
    field = "ended_on"

    def __init__(self, joined_on: date) -> None:
        super().__init__(
            _("It joined a partnership on %(day)s: it cannot have ended before.", day=day(joined_on))
        )


class BelongedLonger(DomainError):
    field = "ended_on"

    def __init__(self, name: str, left_on: date) -> None:
        super().__init__(
            _(
                "It belonged to %(name)s until %(day)s: it cannot have ended before. Is that day wrong, put it right first.",
                name=name,
                day=day(left_on),
            )
        )


class HasParts(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s is a part of it. Say first where that belongs.", name=name))


class MemberElsewhere(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("It is a member of %(name)s, too. The programme office can record its end.", name=name)
        )


class MissingPowerHolder(DomainError):
    field = "signatory_function"

    def __init__(self) -> None:
        super().__init__(_l("Write the function of the person who signs by this power of attorney."))
