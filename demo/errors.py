"""Why a demonstration is not loaded, each with the sentence shown to whoever tried."""

from core.errors import DomainError
from core.i18n import _, _l


class NotInProduction(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "This installation is for real work: a demonstration needs GROMADA_MODE=demo and a database of its own."
            )
        )


class NotPrepared(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("The database is not ready yet. Run: flask database prepare"))


class RealData(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "This database holds people or partnerships already. A demonstration is only loaded into an empty one."
            )
        )


class RegisterLacks(DomainError):
    def __init__(self, name: str, code: str) -> None:
        super().__init__(
            _(
                "The register of municipalities lacks %(name)s (%(code)s), which the demonstration needs.",
                name=name,
                code=code,
            )
        )
