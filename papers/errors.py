"""The rules about papers to sign that can say no."""

from core.errors import DomainError
from core.i18n import _, _l


class NothingChosen(DomainError):
    field = "about"

    def __init__(self) -> None:
        super().__init__(_l("Choose what the paper is about."))


class OtherPaper(DomainError):
    """The file says itself that it is another one. It names nothing but what stands on the file."""

    field = "file"

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(
            _(
                "This file carries the number %(found)s, and this is the paper %(wanted)s. Choose the right file, "
                "or tick below that this is the one.",
                found=found,
                wanted=wanted,
            )
        )


class NotRecognised(DomainError):
    """The same for a file without a number, with one that was never given and with one of somebody else."""

    field = "paper"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "The number of none of these papers was found in the file. Choose the paper, and the file once more."
            )
        )


class NoSuchText(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This text is the one in force already."))
