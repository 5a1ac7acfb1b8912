"""What the writing of a plan asks help for: each sheet is a topic, called as in the workbook."""

from core.i18n import language
from plans.templates import sheet_titles


def help_topics() -> dict[str, str]:
    """``plan.needs``: "Needs of the residents"."""
    code = language()
    return {f"plan.{key}": title.in_language(code) for key, title in sheet_titles().items()}
