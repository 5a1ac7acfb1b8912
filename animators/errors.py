"""The rules about animators that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _, _l


class StartsInThePast(DomainError):
    field = "starts_on"

    def __init__(self) -> None:
        super().__init__(_l("That day is over: what was decided then stays. Choose today or a later day."))


class TakesOverOwn(DomainError):
    field = "to"

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s has these municipalities already. Choose somebody else.", name=name))


class NothingMoves(DomainError):
    field = "area"

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "Nothing would move: %(name)s advises none of these municipalities from that day on.",
                name=name,
            )
        )


class ChangedSincePreview(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "Something changed since this preview was made, so nothing was moved. Look at it again as it is now."
            )
        )


class CannotStay(DomainError):
    def __init__(self, municipality: str) -> None:
        super().__init__(
            _(
                "The review of %(municipality)s cannot stay: somebody else decides about it.",
                municipality=municipality,
            )
        )


class NoPublicAddress(DomainError):
    field = "public_email"

    def __init__(self) -> None:
        super().__init__(
            _l("A profile that everybody sees needs an e-mail address at which people can write.")
        )


class PhotoUnreadable(DomainError):
    field = "photo"

    def __init__(self) -> None:
        super().__init__(
            _l("This picture could not be read. Save it again as JPEG or PNG, or take another one.")
        )
