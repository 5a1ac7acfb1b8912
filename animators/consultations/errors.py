"""The rules about reports, their confirmation and what was agreed that can say no, each with its sentence."""

from datetime import date, datetime

from core.errors import DomainError
from core.formatting import day, hours, moment
from core.i18n import _, _l

LONGEST_MINUTES = 24 * 60
MOST_PEOPLE = 10_000
MOST_FOLLOW_UPS = 20
REASON_LENGTH = 500


class OnlyVisits(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Only visits are reported. Remote advice is logged with its minutes."))


class NotHeldYet(DomainError):
    field = "day"

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(
            _(
                "%(moment)s is still to come. Report the visit once it has been held.",
                moment=moment(starts_at),
            )
        )


class StillGoingOn(DomainError):
    field = "minutes"

    def __init__(self, ends_at: datetime) -> None:
        super().__init__(
            _(
                "With this length it would last until %(moment)s, which is still to come.",
                moment=moment(ends_at),
            )
        )


class BeforeTheProgramme(DomainError):
    field = "day"

    def __init__(self, starts_on: date) -> None:
        super().__init__(
            _("The programme began on %(day)s. Enter that day or a later one.", day=day(starts_on))
        )


class NobodyAdvisedThen(DomainError):
    field = "day"

    def __init__(self, place: str, on: date) -> None:
        super().__init__(
            _(
                "On %(day)s no animator was assigned to %(place)s. Check the day, or ask the programme office.",
                day=day(on),
                place=place,
            )
        )


class NoMinutes(DomainError):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(_l("Enter how long it lasted: whole minutes, from 1 to 1440."))


class LengthNeedsNote(DomainError):
    field = "length_note"

    def __init__(self, minutes: int, usual: int) -> None:
        super().__init__(
            _(
                "%(minutes)s is far from the usual %(usual)s. Say in a few words why: it is saved then.",
                minutes=hours(minutes),
                usual=hours(usual),
            )
        )


class LateNeedsReason(DomainError):
    field = "late_reason"

    def __init__(self, days: int) -> None:
        super().__init__(
            _("The visit was more than %(days)s days ago. Say why it is reported so late.", days=days)
        )


class NoTopic(DomainError):
    field = "topics"

    def __init__(self) -> None:
        super().__init__(_l("Choose at least one topic of the list."))


class NobodyCame(DomainError):
    field = "people_count"

    def __init__(self) -> None:
        super().__init__(_l("Enter how many people took part: a number from 1 to 10,000."))


class NoSummary(DomainError):
    field = "summary"

    def __init__(self) -> None:
        super().__init__(_l("Write in a few sentences what the visit brought."))


class TooManyFollowUps(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Write down at most %(most)s next steps: those that matter most.", most=MOST_FOLLOW_UPS)
        )


class FollowUpWithoutText(DomainError):
    field = "text"

    def __init__(self) -> None:
        super().__init__(_l("Say what is to be done, in up to 500 characters."))


class DueBeforeVisit(DomainError):
    field = "due_on"

    def __init__(self, held_on: date) -> None:
        super().__init__(_("A next step cannot be due before the consultation of %(day)s.", day=day(held_on)))


class NothingReported(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Nothing was reported yet, so there is nothing to write down."))


class NothingCorrected(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Nothing is different from what was reported."))


class NoReason(DomainError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_l("Say why: both sides read it."))


class NoNote(DomainError):
    field = "note"

    def __init__(self) -> None:
        super().__init__(_l("Say why you decide so: both sides read it."))


class SameMinutes(DomainError):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(_l("These are the minutes that were reported. Enter others, or confirm the report."))


class OwnReport(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "You advised here yourself, and nobody confirms or disputes their own work. A deputy leader or the "
                "programme office does it; without an objection it confirms itself."
            )
        )


class OwnDispute(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "This is about your own work or your own partnership: ask a colleague of the office to decide."
            )
        )


class ConfirmedAlready(DomainError):
    def __init__(self, since: datetime | None) -> None:
        super().__init__(
            _(
                "This is confirmed since %(day)s. Is something wrong after all? Tell the animator: a correction is asked about anew.",
                day=day(since),
            )
        )


class DisputedAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This is disputed already: the programme office decides, and tells both sides."))


class NothingToConfirm(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("There is nothing to confirm here: it was not reported yet, or does not count."))


class ReportedAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This visit is reported already. Look at the report; it can be corrected."))


class NotAgreedOn(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l("This visit has no date that both sides agreed on, so there is nothing to report.")
        )


class DisputedByLeader(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("The partnership disputes this report: the programme office decides about it."))


class DecidedByOffice(DomainError):
    """A dispute about the minutes was settled: whoever advised does not raise them again by themselves."""

    field = "minutes"

    def __init__(self, minutes: int) -> None:
        super().__init__(
            _(
                "The programme office decided that %(minutes)s count. Ask it before you enter more.",
                minutes=hours(minutes),
            )
        )


class NotDisputed(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This is not disputed, or was decided already."))
