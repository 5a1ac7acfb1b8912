"""The catalogue as an answer to whoever plans trainings: one link to all of it."""

from collections.abc import Iterator

from flask import url_for

from core.help_links import HelpLink
from core.i18n import _, language, ngettext
from knowledge.queries import count_published

TOPICS = frozenset({"plan.lines", "plan.trainings"})
"""Where partnerships say which trainings they want."""


def help_from_catalogue(topic: str) -> Iterator[HelpLink]:
    count = count_published() if topic in TOPICS else 0
    if count:
        kind = ngettext("One offer, by area of life", "%(num)d offers, by area of life", count)
        yield HelpLink(
            _("Offers of trainings and materials"), url_for("public.offers", lang=language()), kind
        )
