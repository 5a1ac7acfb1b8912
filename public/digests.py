"""Issues of the weekly digest for everybody: a list, a page for each, a feed."""

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.i18n import _
from programme.queries import the_programme
from public.addresses import in_both_languages
from public.atom import ATOM, Entry, atom_feed
from public.blueprint import bp
from public.places import from_outside
from subscriptions.models import DigestIssue
from subscriptions.queries import released_issue, released_issues
from subscriptions.sending import by_topic

IN_FEED = 20


@in_both_languages(bp, "/{digest}")
def digests(lang: str) -> ResponseReturnValue:
    return render_template("public/digests.html", issues=released_issues())


@in_both_languages(bp, "/{digest}/<int(max=2147483647):number>")
def digest(lang: str, number: int) -> ResponseReturnValue:
    issue = released_issue(number) or abort(404)
    return render_template("public/digest.html", issue=issue, groups=by_topic(issue.shown))


@in_both_languages(bp, "/{digest}/{feed}.atom")
def digests_feed(lang: str) -> ResponseReturnValue:
    programme = the_programme()
    text = atom_feed(
        [_entry(issue, lang) for issue in released_issues(IN_FEED)],
        title=_("Weekly digest: %(programme)s", programme=programme.name),
        own=from_outside(url_for(".digests_feed", lang=lang)),
        page=from_outside(url_for(".digests", lang=lang)),
        key="digests",
        began_at=programme.row.created_at,
    )
    answer = Response(text, mimetype=ATOM)
    answer.add_etag()
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer.make_conditional(request)


def _entry(issue: DigestIssue, lang: str) -> Entry:
    moment = issue.released_at or issue.until
    return Entry(
        key=f"digest-{issue.number}",
        title=issue.title(lang),
        url=from_outside(url_for(".digest", lang=lang, number=issue.number)),
        published=moment,
        updated=moment,
        summary=issue.introduction(lang) or issue.headlines(lang),
    )
