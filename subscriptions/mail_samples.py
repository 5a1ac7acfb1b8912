"""Made-up contents of mails about news."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from core import clock, mail
from core.i18n import language
from core.mail_samples import Samples
from subscriptions.models import DigestIssue, DigestItem
from subscriptions.news import NewsItem
from subscriptions.sending import mail_context

TOKEN = "x" * 43


def _confirm() -> Mapping[str, Any]:
    return {"link": mail.link_to("public.confirm_news", lang=language(), token=TOKEN)}


def _news() -> Mapping[str, Any]:
    code, now = language(), clock.now()
    plan = NewsItem(
        "plan:1", "Lipowa Dolina: 2026–2028", "Razem w Lipowej Dolinie", _place(code), now, "plans"
    )
    return {"items": [plan], "is_short": False, **_links(code)}


def _digest() -> Mapping[str, Any]:
    code = language()
    item = DigestItem(
        position=0, key="plan:1", topic="plans", at=clock.now(), titles={"pl": "Lipowa Dolina: 2026–2028"},
        texts={"pl": "Razem w Lipowej Dolinie"}, urls={"pl": _place(code)}, is_own=False, is_left_out=False,
    )  # fmt: skip
    titles, words = {"pl": "Co nowego w partnerstwach"}, {"pl": "Dzień dobry w nowym tygodniu."}
    issue = DigestIssue(titles=titles, introductions=words)
    return mail_context(issue, [item], code, **_links(code))


def _drafted() -> Mapping[str, Any]:
    return {"issue": SimpleNamespace(id=1, shown=range(6))}


def _links(code: str) -> dict[str, str]:
    return {
        "own_page": mail.link_to("public.own_news", lang=code, token=TOKEN),
        "stop_page": mail.link_to("public.stop_news", lang=code, token=TOKEN),
    }


def _place(code: str) -> str:
    return mail.link_to("public.plans", lang=code)


SAMPLES: Samples = {
    "subscriptions/mail/confirm": _confirm,
    "subscriptions/mail/news": _news,
    "subscriptions/mail/digest": _digest,
    "subscriptions/mail/drafted": _drafted,
}
