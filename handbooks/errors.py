"""The rules about handbooks that can say no, each with the sentence shown to the person."""

from collections.abc import Sequence
from datetime import date

from core.errors import DomainError
from core.formatting import day
from core.i18n import _, _l

MOST_COPIES = 1_000


class SentInFuture(DomainError):
    field = "sent_on"

    def __init__(self) -> None:
        super().__init__(_l("The day lies in the future. Record the copies once they are sent."))


class NoSuchCount(DomainError):
    field = "sent_count"

    def __init__(self) -> None:
        super().__init__(_l("Enter a number of copies from 1 to 1,000."))


class MoreThanSent(DomainError):
    field = "confirmed_count"

    def __init__(self, sent: int) -> None:
        super().__init__(_("%(sent)s copies were sent: no more than that can have arrived.", sent=sent))


class ArrivedBeforeSent(DomainError):
    field = "confirmed_on"

    def __init__(self, sent_on: date) -> None:
        super().__init__(
            _("The copies were sent on %(day)s: they cannot have arrived before.", day=day(sent_on))
        )


class ArrivedInFuture(DomainError):
    field = "confirmed_on"

    def __init__(self) -> None:
        super().__init__(_l("The day lies in the future. Confirm the copies once they are there."))


class ConfirmedAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("These copies are confirmed already. Correct the confirmation instead."))


class ArrivedAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("These copies are confirmed already, so the sending stays."))


class SendingGone(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This sending was taken back meanwhile."))


class ReceiptMade(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("A receipt was made for this sending, so it stays. Confirm that 0 copies arrived instead.")
        )


class EditionExists(DomainError):
    field = "edition"

    def __init__(self) -> None:
        super().__init__(_l("An edition of this name is entered already."))


class SentMeanwhile(DomainError):
    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(
            _(
                "Since you opened this page, copies were recorded for: %(places)s. The list shows them now. If these are "
                "further copies, send the form again.",
                places=", ".join(places),
            )
        )


class NobodyChosen(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Choose at least one municipality."))


class NoCurrentEdition(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("No edition is the current one. Enter an edition first."))
