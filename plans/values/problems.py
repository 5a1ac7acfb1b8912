"""Why a cell could not be read."""

from plans.findings import FindingCode


class Unreadable(ValueError):
    """``reason`` names the sentence, ``params`` fill it; ``suggestion`` is what could stand there instead."""

    def __init__(
        self,
        reason: str,
        *,
        code: FindingCode = FindingCode.UNREADABLE,
        suggestion: str | None = None,
        **params: str,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.suggestion = suggestion
        self.params = params
