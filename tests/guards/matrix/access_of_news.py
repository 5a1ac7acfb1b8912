"""Who may open what of news by mail, the digest and the answers about pages."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import ANY_PERSON, ANYBODY, Access, on, page
from tests.guards.matrix.people import OFFICE

ISSUE, ITEM = on("digest", OFFICE), on("digest item", OFFICE)
NEWS = on("news of the office", OFFICE)

ACCESS_OF_NEWS: Mapping[str, Access] = {
    "public.subscribe": ANYBODY,
    "public.news_asked": ANYBODY,
    "public.news_stopped": ANYBODY,
    "public.confirm_news": ANYBODY,
    "public.own_news": ANYBODY,
    "public.stop_news": ANYBODY,
    "public.digests": ANYBODY,
    "public.digest": ANYBODY,
    "public.digests_feed": ANYBODY,
    "public.office_news": ANYBODY,
    "public.office_news_feed": ANYBODY,
    "public.page_helpful": ANYBODY,
    "public.helpful_words": ANYBODY,
    "public.helpful_thanks": ANYBODY,
    "digests.own": ANY_PERSON,
    "digests.index": page(OFFICE),
    "digests.show": ISSUE,
    "digests.words": ISSUE,
    "digests.add": ISSUE,
    "digests.preview": ISSUE,
    "digests.release": ISSUE,
    "digests.leave_out": ISSUE,
    "digests.take_out": ITEM,
    "digests.put_back": ITEM,
    "digests.move_up": ITEM,
    "digests.move_down": ITEM,
    "office_news.index": page(OFFICE),
    "office_news.write": page(OFFICE),
    "office_news.show": NEWS,
    "office_news.edit": NEWS,
    "office_news.publish": NEWS,
    "office_news.withdraw": NEWS,
    "feedback.index": page(OFFICE),
    "feedback.of_page": page(OFFICE),
}
