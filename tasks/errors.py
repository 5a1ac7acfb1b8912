"""The rules about waivers that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _l


class DoneAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This task is done already, so there is nothing to waive."))


class WaivedAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This task is waived already."))


class NotWaived(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This task is not waived any more."))
