"""The rules about plans that can say no, each with the sentence shown to the person."""

from core.errors import DomainError
from core.i18n import _, _l, ngettext
from core.workflow import NotNow

__all__ = [
    "BaseChanged", "ChangedMeanwhile", "ChecksMissing", "ConsentIsTheirs", "ContentDiffers", "DraftExists", "ErrorsLeft", "NotCurrent", "NotEditable", "NotNow",
    "NothingToChange", "OnlyUnsubmittedDrafts", "OverrideNeedsReason", "PlanExists", "PublicAlready", "ReasonNeeded", "SelfReview",
    "UploadIsOver", "WrongYear",
]  # fmt: skip


class PlanExists(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This partnership already has a plan for these years"))


class WrongYear(DomainError):
    field = "year_from"

    def __init__(self, first: int, last: int) -> None:
        super().__init__(_("Choose a year from %(first)s to %(last)s", first=first, last=last))


class NotEditable(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("This version has been handed over and no longer changes. Start a new version to go on.")
        )


class NotCurrent(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("There is a newer version of this plan. Go on with that one."))


class DraftExists(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("There is already a draft of this plan. Go on with that one."))


class OnlyUnsubmittedDrafts(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Only a draft that was never submitted can be deleted"))


class ErrorsLeft(DomainError):
    """Submission is possible only without errors."""

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "One thing has to be put right before the plan can be submitted",
                "%(num)d things have to be put right before the plan can be submitted",
                count,
            )
        )


class NothingToChange(DomainError):
    field = "note"

    def __init__(self) -> None:
        super().__init__(
            _l("Say what has to change: leave a remark at a place in the plan or write a note here")
        )


class ChecksMissing(DomainError):
    field = "checks"

    def __init__(self) -> None:
        super().__init__(_l("Tick every check: a plan is approved when all of them hold"))


class SelfReview(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("Nobody reviews a plan of a partnership they help to lead. The programme office can decide.")
        )


class OverrideNeedsReason(DomainError):
    field = "note"

    def __init__(self) -> None:
        super().__init__(_l("You decide in place of the animator: give the reason, both sides are told"))


class ReasonNeeded(DomainError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_l("Say why: the reason is kept with the plan"))


class ContentDiffers(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("The content is not the one that was approved, so it was not published. Start a new version.")
        )


class PublicAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("The plan is public already."))


class ConsentIsTheirs(DomainError):
    """Consent to publish is an act of one's own: nobody gives it for somebody else."""

    def __init__(self) -> None:
        super().__init__(
            _l("Only the leader, or a deputy who may publish, can agree to publish the plan on approval")
        )


class UploadIsOver(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "This upload has been applied, replaced or put aside. Upload the file again if you still need it."
            )
        )


class BaseChanged(DomainError):
    """Somebody changed the plan after the workbook was downloaded, or after the upload was checked."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "The plan was changed after you downloaded this workbook. See the differences, take a fresh file and go on in it."
            )
        )


class ConflictsLeft(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Choose first what stays where you and somebody else changed the same thing."))


class AnswerRefused(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Look at your answers to the remarks below."))


class AnswersToChoose(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Choose first which answer stays where two were given to one remark."))


class ChangedMeanwhile(DomainError):
    """What somebody corrects is no longer what they saw."""

    def __init__(self) -> None:
        super().__init__(
            _l("Somebody else changed this in the meantime. Look at it as it is now, then save again.")
        )


class NotFresh(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "Something has been written in this plan already. An example can fill only a plan that is still empty."
            )
        )


class TickTogether(DomainError):
    """A training without the need it answers, or without the group it is for."""

    field = "lines"


class NoLeadPartner(DomainError):
    field = "organisation_name"

    def __init__(self) -> None:
        super().__init__(_l("Name the organisation that leads the trainings"))


class ExampleHasFaults(DomainError):
    """What was chosen does not make a plan that could be submitted."""


class NothingInRow(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Nothing stands in this row. Write in it, or remove the row."))


class RowIsGone(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Somebody removed this row meanwhile"))


class RowChanged(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("Somebody changed this row meanwhile, so it was not removed. Look at it once more.")
        )


class ChooseFirst(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Choose what stays where both of you wrote something"))


class NothingPasted(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Paste at least one row"))


class TooManyRows(DomainError):
    def __init__(self, most: int) -> None:
        super().__init__(_("Paste at most %(most)s rows at once, or upload the workbook", most=most))


class NothingToCarry(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("Every training of this year was held, cancelled, or is in the next plan already")
        )


class NoYearAfter(DomainError):
    def __init__(self, last: int) -> None:
        super().__init__(_("The programme ends in %(year)s: there is no plan after that", year=last))


class AlreadyDeclared(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This is declared for that year already"))
