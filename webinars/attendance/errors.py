"""The rules about attendance that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _l


class NotAReport(DomainError):
    field = "file"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "No list of people with times was found in this file. Send the attendance report as the platform "
                "gives it, as CSV or XLSX."
            )
        )


class UnreadableReport(DomainError):
    field = "file"

    def __init__(self) -> None:
        super().__init__(_l("This file could not be read. Send the report as CSV or XLSX."))


class ReportTooLarge(DomainError):
    field = "file"

    def __init__(self) -> None:
        super().__init__(_l("The report is too large: at most 10 MB and 10,000 rows."))


class NotOver(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Attendance is entered once the webinar has begun."))


class SettledAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This person is settled already, or was deleted."))


class ReportIsOver(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("The names of this report are deleted. Send the report again."))


class NobodyKnown(DomainError):
    field = "email"

    def __init__(self) -> None:
        super().__init__(_l("Nobody here has an account with this address."))


class PlaceMissing(DomainError):
    field = "place"

    def __init__(self) -> None:
        super().__init__(_l("Enter the municipality."))


class NotTheirs(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This entry comes from elsewhere and is put right there."))


class WrongCount(DomainError):
    field = "people"

    def __init__(self) -> None:
        super().__init__(_l("Enter a number from 1 to 10,000."))
