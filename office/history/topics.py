"""What happened, by topic: each package's events belong to one."""

from collections.abc import Iterable

from core.audit import EventKind, reading_events
from core.i18n import _l
from core.labels import LabelledEnum


class Topic(LabelledEnum):
    READ = "read", _l("Who looked at what or took it away")
    PEOPLE = "people", _l("People, roles and signing in")
    PARTNERSHIPS = "partnerships", _l("Partnerships and municipalities")
    PLANS = "plans", _l("Plans and reviews")
    PAPERS = "papers", _l("Files, papers and imports")
    ADVICE = "advice", _l("Visits, advice and hours")
    WEBINARS = "webinars", _l("Webinars and news")
    OFFICE = "office", _l("Office, mails and reports")
    PROGRAMME = "programme", _l("The programme itself")


PACKAGES: dict[Topic, frozenset[str]] = {
    Topic.PEOPLE: frozenset({"accounts", "agenda", "phrases"}),
    Topic.PARTNERSHIPS: frozenset({"partnerships", "municipalities", "meetings", "handbooks", "tasks", "assessments"}),
    Topic.PLANS: frozenset({"plans"}),
    Topic.PAPERS: frozenset({"papers", "intake", "dossier"}),
    Topic.ADVICE: frozenset({"animators"}),
    Topic.WEBINARS: frozenset({"webinars", "subscriptions", "feedback", "knowledge", "initiatives"}),
    Topic.OFFICE: frozenset({"office", "reporting", "contacts", "core"}),
    Topic.PROGRAMME: frozenset({"programme", "archive"}),
}  # fmt: skip
"""The first part of where a package keeps its events. What only reads stands under its topic and under ``READ``."""


def events_of(topic: Topic) -> frozenset[str]:
    if topic is Topic.READ:
        return reading_events()
    return frozenset(
        str(event) for kinds in all_kinds() if package_of(kinds) in PACKAGES[topic] for event in kinds
    )


def all_kinds() -> Iterable[type[EventKind]]:
    """Those of the application; a test may have others."""
    return [kinds for kinds in EventKind.__subclasses__() if package_of(kinds) != "tests"]


def package_of(kinds: type[EventKind]) -> str:
    return kinds.__module__.partition(".")[0]
