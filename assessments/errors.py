"""The rules about self-assessments that can say no, each with the sentence shown to the person."""

from collections.abc import Sequence

from core.errors import DomainError
from core.i18n import _, _l


class NoteNamesPeople(DomainError):
    field = "note"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This names somebody: a number, an address or a list of names. Leave that out; counts and places are enough."
            )
        )


class SavedMeanwhile(DomainError):
    """Somebody else saved the same area since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Somebody else saved this area while you were at it. Their answers stand beside yours: check them, then save again to keep yours."
            )
        )


class AlreadyFinished(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "This self-assessment is finished and stays as it is. Begin a new one to say what has changed."
            )
        )


class StillToAnswer(DomainError):
    def __init__(self, areas: Sequence[str]) -> None:
        super().__init__(_("Still to be answered: %(areas)s.", areas=", ".join(areas)))


class NoQuestionnaire(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This programme has no self-assessment."))


class NoDraftToFill(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("There is no general plan that could be written in now. Start one, or begin its next version.")
        )
