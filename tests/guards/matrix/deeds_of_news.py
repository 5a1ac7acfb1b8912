"""Asking for news, editing and releasing the digest, answering for a page: each deed once as it works."""

from collections.abc import Mapping
from typing import Any

from tests.guards.matrix.deed import Deed
from tests.guards.matrix.news_kept import OWN, PAGE, TO_CONFIRM, WORDS
from tests.guards.matrix.people import VISITOR

CHOSEN = {"topics": ["webinars", "plans"], "regions": [], "frequency": "daily"}
WRITTEN = {
    "title_pl": "Artykuł", "text_pl": "O hasłach", "title_en": "Article", "text_en": "", "url": "https://gromada.example/a",
}  # fmt: skip


def _by(key: str) -> Any:
    return lambda world: {"token": world.seen[key], "lang": "pl"}


DEEDS_OF_NEWS: Mapping[str, Deed] = {
    "public.subscribe": Deed(
        VISITOR, fields={**CHOSEN, "email": "new@readers.example"}, names={"lang": "pl"}
    ),
    "public.confirm_news": Deed(VISITOR, names=_by(TO_CONFIRM)),
    "public.own_news": Deed(VISITOR, fields=CHOSEN, names=_by(OWN)),
    "public.stop_news": Deed(VISITOR, names=_by(OWN)),
    "public.page_helpful": Deed(VISITOR, fields={"helpful": "yes"}, names=_by(PAGE)),
    "public.helpful_words": Deed(VISITOR, fields={"text": "Brakuje mapy"}, names=_by(WORDS)),
    "digests.own": Deed("leader", fields=CHOSEN),
    "digests.words": Deed(
        "office", "digest", "draft",
        {"title_pl": "Nowe", "title_en": "", "introduction_pl": "Dzień dobry", "introduction_en": ""},
    ),
    "digests.add": Deed(
        "office", "digest", "draft",
        {
            "topic": "plans", "title_pl": "Dyżur", "text_pl": "W środę", "title_en": "", "text_en": "",
            "url": "https://gromada.example/pl/",
        },
    ),
    "digests.release": Deed("office", "digest", "draft"),
    "digests.leave_out": Deed("office", "digest", "draft"),
    "digests.take_out": Deed("office", "digest item", "first"),
    "digests.put_back": Deed("office", "digest item", "taken out"),
    "digests.move_up": Deed("office", "digest item", "second"),
    "digests.move_down": Deed("office", "digest item", "first"),
    "office_news.write": Deed("office", fields={**WRITTEN, "topic": "articles"}),
    "office_news.edit": Deed("office", "news of the office", "published", WRITTEN),
    "office_news.publish": Deed("office", "news of the office", "draft"),
    "office_news.withdraw": Deed("office", "news of the office", "published"),
}  # fmt: skip
