"""The rules about recordings that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _l


class NoLink(DomainError):
    field = "url"

    def __init__(self) -> None:
        super().__init__(_l("Enter the address where people watch the recording."))


class CannotBeRead(DomainError):
    field = "captions"

    def __init__(self) -> None:
        super().__init__(
            _l("A recording needs captions or a transcript: without them many people cannot follow it.")
        )


class NoMaterials(DomainError):
    field = "without_materials"

    def __init__(self) -> None:
        super().__init__(_l("Add the materials of the webinar first, or say that there were none."))


class HasMaterials(DomainError):
    field = "without_materials"

    def __init__(self) -> None:
        super().__init__(_l("This webinar has materials: they are shown beside the recording."))


class NoCaptionsFile(DomainError):
    field = "captions_file"

    def __init__(self) -> None:
        super().__init__(_l("Choose the file with the captions."))


class NotCaptions(DomainError):
    field = "captions_file"

    def __init__(self) -> None:
        super().__init__(_l("This is no file with captions. Choose one that ends in .vtt or .srt, in UTF-8."))


class CaptionsTooLarge(DomainError):
    field = "captions_file"

    def __init__(self) -> None:
        super().__init__(_l("Captions take at most 2 MB."))


class WrongRunningTime(DomainError):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(_l("Enter how long it is in minutes: a number from 1 to 1,440."))


class NoReasonForNone(DomainError):
    field = "none_reason"

    def __init__(self) -> None:
        super().__init__(_l("Say why there is no recording: everybody reads it."))


class NoSubstitute(DomainError):
    field = "substitute"

    def __init__(self) -> None:
        super().__init__(_l("Say what people can read or watch instead, in words or with a link."))


class TooFewAnswers(DomainError):
    field = "answer_2"

    def __init__(self) -> None:
        super().__init__(_l("Write two to four answers, each different."))


class NoRightAnswer(DomainError):
    field = "right_answer"

    def __init__(self) -> None:
        super().__init__(_l("Choose which of the answers you wrote is right."))


class NothingIsAsked(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("There is no question about this recording, so nothing can be answered."))


class DoesNotCount(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Watching this recording does not count as taking part."))


class OnlyLeadersCount(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Watching counts for leaders and deputies of a partnership."))


class HasTakenPart(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("You have taken part in this webinar already. It counts once."))


class TriedTooOften(DomainError):
    field = "answer"

    def __init__(self) -> None:
        super().__init__(
            _l("That was the fifth try today. Watch the recording again, and answer from tomorrow on.")
        )


class NoSuchAnswer(DomainError):
    field = "answer"

    def __init__(self) -> None:
        super().__init__(_l("Choose one of the answers."))
