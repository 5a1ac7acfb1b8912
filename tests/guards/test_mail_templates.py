"""Every mail can be shown in every language with made-up contents, and says what to do next."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from config import ROOT
from core.i18n import LANGUAGES
from core.mail_samples import mail_samples
from office.mails.previews import all_templates, sample_of

TEMPLATES = [one.name for one in all_templates()]

NOTHING_TO_DO = re.compile(
    r"need not do anything|nothing you have to do|Nothing waits for you|Then do nothing|Nothing changes|can be asked at any time"
)
TO_DO = re.compile(
    r"\bhttps?://\S+|answer this mail|Write to|tell the programme office|Tell them|Decide about"
)


def test_there_is_a_sample_for_every_mail_and_a_mail_for_every_sample(app):
    assert set(mail_samples()) == set(TEMPLATES), (
        "add one in office/mails/samples, or core.mail_samples.add_mail_samples"
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_mail_can_be_shown_in_every_language(app, name, code):
    template = next(one for one in all_templates() if one.name == name)

    shown = sample_of(template, code)

    assert 3 < len(shown.subject) <= 200
    assert len(shown.body) > 60
    assert not re.search(r"Undefined|\{\{|\}\}|\{%|<Thing|namespace\(|%\(\w+\)s", shown.subject + shown.body)
    assert str(shown.html).startswith("<p>")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_mail_says_what_to_do_next_or_that_there_is_nothing_to_do(app, name):
    template = next(one for one in all_templates() if one.name == name)

    body = sample_of(template, "en").body

    assert NOTHING_TO_DO.search(body) or TO_DO.search(body)


# --- Who answers -----------------------------------------------------------------------------------------

BY_THE_ACTOR = "its template knows the actor, to whom answers go by themselves"
BY_NOBODY = "nobody in particular caused it: answers go to the office"

WITHOUT_REPLY_TO: Mapping[str, str] = {
    "accounts/services/access.py: accounts/mail/role_granted": BY_THE_ACTOR,
    "accounts/services/sign_in_links.py: accounts/mail/sign_in_link": "the reader asked for it",
    "accounts/long_work/telling.py: long_work/mail/done": "the reader asked for it",
    "accounts/long_work/telling.py: long_work/mail/failed": "the reader asked for it",
    "accounts/services/sign_in_links.py: accounts/mail/invitation_first": "the reader asked for it",
    "accounts/services/entrance.py: accounts/mail/new_password": "the reader asked for it",
    "accounts/services/entrance.py: accounts/mail/password_changed": "the reader did it; if not, the office helps",
    "animators/advice/notices.py: advice/mail/of_day": "several animators may have logged it: " + BY_NOBODY,
    "animators/people/notices.py: animators/mail/back": BY_NOBODY,
    "plans/notices.py: plans/mail/review_moved": BY_NOBODY,
    "webinars/registrations/notices.py: f'webinars/registrations/mail/{what}": "it comes with the rest, by name",
    "partnerships/handovers/leaderless.py: partnerships/mail/leaderless": BY_NOBODY,
    "webinars/certificates/services.py: webinars/certificates/mail/ready": BY_NOBODY,
    "webinars/certificates/services.py: webinars/certificates/mail/ready_for_guest": BY_NOBODY,
    "subscriptions/services.py: subscriptions/mail/confirm": "the reader asked for it",
    "subscriptions/telling.py: subscriptions/mail/news": BY_NOBODY,
    "subscriptions/sending.py: subscriptions/mail/digest": BY_NOBODY,
    "subscriptions/digests.py: subscriptions/mail/drafted": BY_NOBODY,
}
"""Where a mail is promised without saying who answers, and why."""


def test_every_mail_says_who_answers_it_or_why_that_is_the_office():
    without = {where for where, names in promises() if "reply_to" not in names}

    assert without == set(WITHOUT_REPLY_TO)


def test_there_are_promises_to_look_at():
    assert len(list(promises())) > 20


def promises() -> Iterator[tuple[str, set[str]]]:
    """Each call of ``mail.queue``: file and template, and the names that it gives."""
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT).parts
        if inside[0] in {"tests", ".venv", "core", "node_modules", "var"}:
            continue
        for call in calls(path):
            template = ast.unparse(call.args[1]).strip("'\"")
            yield (
                f"{path.relative_to(ROOT).as_posix()}: {template}",
                {one.arg or "**" for one in call.keywords},
            )


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "mail.queue":
            yield node
