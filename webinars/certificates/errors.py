"""The rules about certificates that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _l


class RevokedAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This certificate is revoked already."))
