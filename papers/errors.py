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


class OtherCode(OtherPaper):
    """Its code leads to a paper of somebody else, or to none: which of them, is not said."""

    def __init__(self) -> None:
        DomainError.__init__(
            self,
            _l(
                "The code on this file is that of another paper. Choose the right file, or tick below that this is "
                "the one."
            ),
        )


class VoidPaper(DomainError):
    field = "file"

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "The paper %(number)s is no longer in force: the term it was made for was taken back.",
                number=number,
            )
        )


class OneFileForAPaper(DomainError):
    field = "paper"

    def __init__(self) -> None:
        super().__init__(
            _l("A paper takes one file. Send its file alone, or let each file be known by its code.")
        )


class TooManyFiles(DomainError):
    field = "file"

    def __init__(self, most: int) -> None:
        super().__init__(_("Send at most %(most)s files at once.", most=most))


class NothingSorted(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Choose the paper of at least one scan."))


class RefusedFile(DomainError):
    """One of several files, by its name."""

    field = "file"

    def __init__(self, name: str, refusal: DomainError) -> None:
        super().__init__(_("%(name)s: %(sentence)s", name=name, sentence=str(refusal)))


class TakenAlready(DomainError):
    """Of two files for one paper only the first is put there by itself: a page must not push out another."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "Two of the files carry the code of %(number)s. Put its pages into one PDF, or choose which one stays.",
                number=number,
            )
        )


class NoSuchText(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This text is the one in force already."))
