"""The rules about files of a partnership that can say no."""

from datetime import date

from core.errors import DomainError
from core.formatting import day
from core.i18n import _, _l


class SameFile(DomainError):
    field = "file"

    def __init__(self) -> None:
        super().__init__(_l("This is the very file that is here already. Choose the newer one."))


class FileGone(DomainError):
    def __init__(self, removed_on: date) -> None:
        super().__init__(_("This file was removed on %(day)s.", day=day(removed_on)))


class FileReplaced(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("A newer file stands in place of this one: nothing about it changes any more."))


class StaysEvidence(DomainError):
    field = "file_class"

    def __init__(self) -> None:
        super().__init__(
            _l("This is a signed list or card. Names stand in it, so it stays evidence with personal data.")
        )


class OpensEvidence(DomainError):
    """It may be right: somebody chose the wrong class before."""

    field = "file_class"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "More people could open this file, and no opening would be written down. Look whether names stand in "
                "it, and tick below if none do."
            )
        )


class EvidenceInPlace(DomainError):
    """Whoever does not open evidence puts nothing in its place either."""

    field = "file"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Evidence with personal data stands in this place. Ask the leader or the programme office to put the "
                "newer file there."
            )
        )


class SignatureOfSignature(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This file is a signature itself. Add the signature to the document."))
