"""The rules about news that can say no, each with the sentence shown to the person."""

from datetime import date

from core.errors import DomainError
from core.formatting import day
from core.i18n import _, _l


class NothingChosen(DomainError):
    field = "topics"

    def __init__(self) -> None:
        super().__init__(_l("Choose at least one topic."))


class LinkIsOver(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This link was used already, or its time is over. Fill in the form again."))


class IsFrozen(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This issue is not a draft any more: nothing of it changes."))


class NothingToRelease(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("There is nothing in this issue. Add something, or leave this week out."))


class NoTitle(DomainError):
    field = "title_pl"

    def __init__(self) -> None:
        super().__init__(_l("Give the issue a title first."))


class OlderWaits(DomainError):
    def __init__(self, week: date) -> None:
        super().__init__(
            _("An older issue waits, that of %(day)s. Release it or leave it out first.", day=day(week))
        )


class UnknownTopic(DomainError):
    field = "topic"

    def __init__(self) -> None:
        super().__init__(_l("Choose one of the topics that people can have news of."))
