"""Every mail there is, with made-up contents. Templates are found where they lie, so none can be forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import UndefinedError
from markupsafe import Markup

from accounts.mail_choices import CANNOT_WAIT, OPTIONAL
from config import ROOT
from core import mail
from core.i18n import LazyString, _, in_language, language
from core.mail_samples import mail_samples
from core.mail_text import as_html
from office.mails.samples.people import reader

FOLDER = ROOT / "templates"
NO_MAIL = "signature"
"""A part of others."""


@dataclass(frozen=True)
class MailTemplate:
    name: str
    """As ``mail.queue`` names it: ``plans/mail/approved``."""

    @property
    def key(self) -> str:
        """For an address."""
        return self.name.replace("/mail/", ".").replace("/", "-")

    @property
    def is_at_once(self) -> bool:
        return self.name in CANNOT_WAIT

    @property
    def topic(self) -> LazyString | None:
        """What a person may do without."""
        topic = OPTIONAL.get(self.name)
        return topic.label if topic else None


@dataclass(frozen=True)
class Preview:
    """What the frame of a mail asks of one."""

    subject: str
    body: str
    language: str
    list_unsubscribe: str | None = None

    @property
    def html(self) -> Markup:
        return as_html(self.body)


@cache
def all_templates() -> Sequence[MailTemplate]:
    paths = sorted(
        path for path in Path(FOLDER).rglob("*.txt") if path.parent.name == "mail" and path.stem[0] != "_"
    )
    found = [path.relative_to(FOLDER).with_suffix("").as_posix() for path in paths]
    return [MailTemplate(name) for name in found if not name.endswith(f"/{NO_MAIL}")]


def known(key: str) -> MailTemplate | None:
    return next((one for one in all_templates() if one.key == key), None)


def all_previews() -> Sequence[tuple[MailTemplate, Preview]]:
    """In the language of the page."""
    return [(one, preview(one, language())) for one in all_templates()]


def preview(template: MailTemplate, code: str) -> Preview:
    """A sample that no longer fits its template hides that one mail, not the list of all."""
    try:
        return sample_of(template, code)
    except (LookupError, TypeError, UndefinedError):
        with in_language(code):
            text = _("This mail cannot be shown: the made-up contents for it are incomplete.")
        return Preview(template.name, f"{text}\n", code)


def sample_of(template: MailTemplate, code: str) -> Preview:
    with in_language(code):
        context = {"recipient": reader(code), "link_to": mail.link_to, **mail_samples()[template.name]()}
        subject, body = mail.written(template.name, **context)
    example = {"token": "xxxx"}
    stop = mail.link_to("accounts.stop_mails", **example) if template.topic else None
    return Preview(subject, body, code, stop)
