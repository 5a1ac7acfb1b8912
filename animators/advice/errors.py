"""The rules about remote advice that can say no, each with the sentence shown to the person."""

from datetime import date

from core.errors import DomainError
from core.formatting import day as day_text
from core.formatting import hours
from core.i18n import _, _l


class NoMinutes(DomainError):
    field = "minutes"

    def __init__(self) -> None:
        super().__init__(_l("Choose how long it took, or enter whole minutes from 1 to 1,440."))


class NotRemote(DomainError):
    field = "channel"

    def __init__(self) -> None:
        super().__init__(_l("Choose how you talked. A visit has a report of its own."))


class NoTopic(DomainError):
    field = "topics"

    def __init__(self) -> None:
        super().__init__(_l("Choose at least one topic."))


class NoPlace(DomainError):
    field = "municipality"

    def __init__(self) -> None:
        super().__init__(_l("Choose a municipality from the list."))


class NotYet(DomainError):
    field = "day"

    def __init__(self, day: date) -> None:
        super().__init__(_("%(day)s is still to come. Log it once you have talked.", day=day_text(day)))


class BeforeItBegan(DomainError):
    field = "day"

    def __init__(self, began: date) -> None:
        super().__init__(_("The programme began on %(day)s. Enter a day from then on.", day=day_text(began)))


class LateNeedsReason(DomainError):
    field = "late_reason"

    def __init__(self, days: int) -> None:
        super().__init__(_("That is more than %(days)s days ago. Say why it is logged only now.", days=days))


class NotAssignedThen(DomainError):
    field = "municipality"

    def __init__(self, place: str, day: date, who: str | None) -> None:
        if who is None:
            said = _("On %(day)s nobody advised %(place)s.", day=day_text(day), place=place)
        else:
            said = _(
                "On %(day)s %(name)s advised %(place)s. Ask them to log it.",
                day=day_text(day),
                name=who,
                place=place,
            )
        super().__init__(said)


class NotTheirs(DomainError):
    field = "municipality"

    def __init__(self, place: str) -> None:
        super().__init__(
            _("You do not advise %(place)s. Ask the programme office who logs this talk.", place=place)
        )


class AnswersAnother(DomainError):
    """The talk was with another municipality than the one that asked."""

    field = "municipality"

    def __init__(self, place: str) -> None:
        super().__init__(
            _(
                "This answers a request of %(place)s. Choose it, or log the other talk by itself.",
                place=place,
            )
        )


class AnotherWasSent(DomainError):
    """The form of an entry that is there already came back with something else in it, as the browser's Back brings it."""

    def __init__(self, place: str, day: date, minutes: int) -> None:
        super().__init__(
            _(
                "From this form %(minutes)s for %(place)s on %(day)s was logged already. If this is another talk, "
                "send it once more.",
                minutes=hours(minutes),
                place=place,
                day=day_text(day),
            )
        )


class AnotherWasSentOutside(DomainError):
    """As ``AnotherWasSent``, of advice outside the partnerships."""

    def __init__(self, name: str, day: date, minutes: int) -> None:
        super().__init__(
            _(
                "From this form %(minutes)s for %(name)s on %(day)s was logged already. If this is another talk, "
                "send it once more.",
                minutes=hours(minutes),
                name=name,
                day=day_text(day),
            )
        )


class AnotherWasAsked(DomainError):
    """As ``AnotherWasSent``, of a question."""

    def __init__(self) -> None:
        super().__init__(
            _l("From this form another question was sent already. If this is one more, send it once more.")
        )


class RequestIsClosed(DomainError):
    def __init__(self, status: str) -> None:
        super().__init__(
            _("This request is closed already: %(status)s. Look at it as it is now.", status=status)
        )


class NothingAsked(DomainError):
    field = "question"

    def __init__(self) -> None:
        super().__init__(_l("Write what you would like to know."))


class NothingSaid(DomainError):
    field = "answer"

    def __init__(self) -> None:
        super().__init__(_l("Write a few words: the partnership reads them."))


class NoReason(DomainError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_l("Say why: it stands in the history."))


class NoOrganisation(DomainError):
    field = "organisation"

    def __init__(self) -> None:
        super().__init__(_l("Enter the name of the organisation."))


class TakenBackAlready(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This entry was taken back already."))


class NotTheirsToCorrect(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This entry can no longer be corrected here. Ask the programme office."))
