"""The rules about news of the office that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _l


class IsWithdrawn(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("It is withdrawn: nothing of it changes any more. Write it anew."))


class TopicIsTold(DomainError):
    field = "topic"

    def __init__(self) -> None:
        super().__init__(_l("It was told under this topic already. Withdraw it and write it anew."))
