"""What the office may not do with a template version, each with its sentence."""

from core.errors import DomainError
from core.i18n import _l


class DefinitionHasFaults(DomainError):
    field = "definition"

    def __init__(self) -> None:
        super().__init__(_l("The definition has faults, so it cannot be published. Each one is listed."))


class NotADraft(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This version is published and no longer changes"))


class NotAccepted(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Only a version that was replaced has a last day"))


class LimitIsOver(DomainError):
    field = "accepted_until"

    def __init__(self) -> None:
        super().__init__(_l("Choose today or a later day"))


class NobodyBehind(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("No draft is left on an older version"))


class ChangedSinceShown(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("The draft was replaced in the meantime. Look at it again before you publish it.")
        )


class FollowsNewest(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This draft already follows the current template"))
