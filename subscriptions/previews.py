"""An issue as it goes out: the mail for whoever wants everything, and plain words for a post elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core import mail
from core.i18n import LANGUAGES, _, in_language
from core.mail import Recipient
from core.mail_text import as_html
from subscriptions.models import DigestIssue
from subscriptions.sending import by_topic, mail_context

DIGEST = "subscriptions/mail/digest"


@dataclass(frozen=True)
class IssuePreview:
    code: str
    language: str
    subject: str
    html: Markup
    post: str


def previews(issue: DigestIssue, reader: Recipient) -> Sequence[IssuePreview]:
    return [_preview(issue, reader, code) for code in LANGUAGES]


def _preview(issue: DigestIssue, reader: Recipient, code: str) -> IssuePreview:
    with in_language(code):
        example = mail.link_to("public.subscribe", lang=code)
        context = mail_context(issue, issue.shown, code, own_page=example, stop_page=example)
        subject, body = mail.written(DIGEST, recipient=reader, link_to=mail.link_to, **context)
        return IssuePreview(code, LANGUAGES[code], subject, as_html(body), post(issue, code))


def post(issue: DigestIssue, code: str) -> str:
    """Words without any markup, for pasting; the last line leads to the page of the issue."""
    blocks = [issue.title(code), issue.introduction(code)]
    for topic, items in by_topic(issue.shown):
        lines = [f"{topic.label}:"]
        lines += [f"• {' – '.join(filter(None, (one.title(code), one.url(code))))}" for one in items]
        blocks.append("\n".join(lines))
    if issue.number:
        address = mail.link_to("public.digest", lang=code, number=issue.number)
        blocks.append(_("All of it: %(address)s", address=address))
    blocks.append(_("News by mail: %(address)s", address=mail.link_to("public.subscribe", lang=code)))
    return "\n\n".join(block for block in blocks if block)
