"""Why a file is not applied, each with the sentence shown to the person."""

from collections.abc import Sequence

from core.errors import DomainError
from core.i18n import _l


class ImportIsOver(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This file has been applied or put aside already."))


class RegisterChanged(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "Somebody changed the records after you saw this page. Look at what would change now, then apply it."
            )
        )


class RefusedByDatabase(DomainError):
    """A rule that only the database holds: looking again would not help."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "The database refuses these records: some of them cannot stand together. Check the rows for days and "
                "numbers that do not fit, then bring the file again."
            )
        )


class NothingToApply(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Nothing would change: everything in the file is there already."))


class ColumnTwice(DomainError):
    def __init__(self, number: int) -> None:
        """``number``: of the second column, whose choice is to be another one."""
        super().__init__(_l("Two columns have the same meaning. Choose each meaning once."))
        self.field = f"column_{number}"


class ColumnMissing(DomainError):
    """Something that every row needs, and no column of the workbook is named so."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(
            _l("Still to be named: %(columns)s. Choose the column that holds it.", columns=", ".join(labels))
        )


class NoSheet(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("There is nothing in this workbook."))
