"""The page of what the office does now and then: its parts, and what stands in each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.i18n import _l
from core.labels import LabelledEnum
from core.navigation import OfficeTool


class ToolGroup(LabelledEnum):
    FIGURES = "figures", _l("Figures and reports")
    PARTNERSHIPS = "partnerships", _l("Partnerships and plans")
    ADVICE = "advice", _l("Animators and advice")
    WEBINARS = "webinars", _l("Webinars and news")
    ADMINISTRATION = "administration", _l("Administration")


PLACES: dict[ToolGroup, tuple[str, ...]] = {
    ToolGroup.FIGURES: (
        "overview.index", "reporting.index", "plans.agreed_totals", "hours_reports.months", "webinars.figures",
        "feedback.index",
    ),
    ToolGroup.PARTNERSHIPS: (
        "contacts.index", "agenda.programme", "letters.index", "handbooks.index", "municipality_changes.index",
        "phrases.index",
    ),
    ToolGroup.ADVICE: ("consultations.disputes", "hours.exceptions", "cards.office"),
    ToolGroup.WEBINARS: ("recordings.index", "webinars.all_series", "digests.index", "office_news.index", "offers.index", "initiatives.index"),
    ToolGroup.ADMINISTRATION: (
        "programme.index", "people.index", "plans.templates", "paper_texts.index", "exchange.index", "intake.index",
        "mails.index", "jobs.index", "history.index", "retention.index", "archive.end",
    ),
}  # fmt: skip
"""In this order. A tool that stands nowhere here stands last among the partnerships' ones."""


@dataclass(frozen=True)
class GroupOfTools:
    group: ToolGroup
    tools: Sequence[OfficeTool]


def in_groups(tools: Iterable[OfficeTool]) -> list[GroupOfTools]:
    """Only groups with something in them."""
    places = {
        endpoint: (group, position)
        for group, endpoints in PLACES.items()
        for position, endpoint in enumerate(endpoints)
    }
    known = sorted(tools, key=lambda tool: places.get(tool.endpoint, LAST)[1])
    found = {
        group: [tool for tool in known if places.get(tool.endpoint, LAST)[0] is group] for group in ToolGroup
    }
    return [GroupOfTools(group, those) for group, those in found.items() if those]


LAST = (ToolGroup.PARTNERSHIPS, 1000)
