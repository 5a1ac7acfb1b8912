"""Webinars as answers to whoever needs help: those to come first, then recordings of those that were."""

from collections.abc import Iterator

from flask import url_for

from core.formatting import day
from core.help_links import HelpLink
from core.i18n import _
from webinars.queries import that_explain
from webinars.recorded import known_recordings


def help_from_webinars(topic: str) -> Iterator[HelpLink]:
    for webinar in that_explain(topic):
        url = url_for("webinars.show", webinar_id=webinar.id)
        yield HelpLink(webinar.title, url, _("Webinar on %(day)s", day=day(webinar.starts_at)))
    recordings = known_recordings()
    if recordings is not None:
        yield from recordings.help_for(topic)
