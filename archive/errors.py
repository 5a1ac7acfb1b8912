"""The rules about archives that can say no, each with the sentence shown to the person."""

from datetime import date

from core.errors import DomainError
from core.formatting import day
from core.i18n import _, _l


class NotEmpty(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "This installation holds people or partnerships already. An archive is read into an empty one."
            )
        )


class OtherSchema(DomainError):
    def __init__(self, found: str, here: str) -> None:
        super().__init__(
            _(
                "The archive was made by another version of the program (%(found)s, here %(here)s). Install that version, "
                "read the archive, then upgrade.",
                found=found,
                here=here,
            )
        )


class Damaged(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s is missing or was changed since the archive was made.", name=name))


class NoArchive(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("There is no archive in this folder: manifest.json is missing or cannot be read.")
        )


class FolderInUse(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This folder is not empty. An archive is written into a new one."))


class ReadOnly(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "The programme is over: everything can be read and taken along, and nothing is changed any more."
            )
        )


class NotOverYet(DomainError):
    def __init__(self, last: date) -> None:
        super().__init__(
            _("The programme lasts until %(day)s. It can be made read-only after that day.", day=day(last))
        )
