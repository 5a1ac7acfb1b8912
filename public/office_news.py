"""News of the office for everybody: a list, narrowed by topic, and a feed."""

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.checked_links import dead_among
from core.i18n import _
from core.paging import page_number
from programme.queries import the_programme
from public.addresses import in_both_languages
from public.atom import ATOM, Entry, atom_feed
from public.blueprint import bp
from public.places import from_outside
from subscriptions.office_news import queries
from subscriptions.office_news.models import OfficeNews
from subscriptions.topics import topic_label, topics

IN_FEED = 20


@in_both_languages(bp, "/{announcements}")
def office_news(lang: str) -> ResponseReturnValue:
    """A topic that is none of ours is as good as none."""
    told = queries.told_topics()
    offered = [one for one in topics() if one.code in told]
    chosen = next((one for one in topics() if one.code == request.args.get("topic")), None)
    page = queries.published_page(page_number(), topic=chosen.code if chosen else None)
    return render_template(
        "public/office_news.html",
        page=page,
        offered=offered,
        chosen=chosen,
        topic_label=topic_label,
        dead=dead_among(one.url for one in page.rows),
    )


@in_both_languages(bp, "/{announcements}/{feed}.atom")
def office_news_feed(lang: str) -> ResponseReturnValue:
    programme = the_programme()
    found = queries.latest(IN_FEED)
    dead = dead_among(one.url for one in found)
    page = from_outside(url_for(".office_news", lang=lang))
    text = atom_feed(
        [_entry(one, lang, page if one.url in dead else one.url) for one in found],
        title=_("News of the office: %(programme)s", programme=programme.name),
        own=from_outside(url_for(".office_news_feed", lang=lang)),
        page=page,
        key="office-news",
        began_at=programme.row.created_at,
    )
    answer = Response(text, mimetype=ATOM)
    answer.add_etag()
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer.make_conditional(request)


def _entry(news: OfficeNews, lang: str, url: str) -> Entry:
    published = news.published_at or news.created_at
    return Entry(
        key=f"office-news-{news.id}",
        title=news.title(lang),
        url=url,
        published=published,
        updated=news.updated_at,
        summary=news.text(lang),
    )
