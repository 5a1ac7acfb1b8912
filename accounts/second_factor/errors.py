"""Why a second step is refused."""

from core.errors import DomainError
from core.i18n import _l


class WrongCode(DomainError):
    field = "code"

    def __init__(self) -> None:
        super().__init__(
            _l("This code is not right, or was used already. Wait for the next one and enter its six digits.")
        )


class NothingBegun(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Begin again: the square code on the page before is no longer good."))


class NeededForYourRole(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "Whoever works for the programme office signs in with a second step, so it can't be switched off."
            )
        )


class SharedAccount(DomainError):
    """Of the demonstration: whoever set it up would shut everybody else out."""

    def __init__(self) -> None:
        super().__init__(
            _l("Everybody who tries the demonstration shares this account, so it has no second step.")
        )
