"""Initiatives for everybody: where each stands, what became of it day by day, and a feed."""

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core import clock
from core.i18n import _
from initiatives import queries
from initiatives.models import InitiativeStatus, InitiativeUpdate
from initiatives.news import headline
from partnerships.views.blueprint import ID
from programme.queries import the_programme
from public.addresses import in_both_languages
from public.atom import ATOM, Entry, atom_feed
from public.blueprint import bp
from public.changed import initiatives_changed
from public.places import from_outside

IN_FEED = 20


@in_both_languages(bp, "/{initiatives}")
def initiatives(lang: str) -> ResponseReturnValue:
    """What is no status is as good as none."""
    chosen = request.args.get("status", None, InitiativeStatus)
    return render_template(
        "public/initiatives/index.html",
        initiatives=queries.in_order(chosen),
        chosen=chosen,
        counts=queries.count_by_status(),
        changed_on=initiatives_changed(),
    )


@in_both_languages(bp, f"/{{initiatives}}/<{ID}:initiative_id>")
def initiative(lang: str, initiative_id: int) -> ResponseReturnValue:
    found = queries.initiative_by_id(initiative_id) or abort(404)
    return render_template(
        "public/initiatives/show.html",
        initiative=found,
        updates=queries.updates_of(found),
        changed_on=clock.local(found.updated_at).date(),
    )


@in_both_languages(bp, "/{initiatives}/{feed}.atom")
def initiatives_feed(lang: str) -> ResponseReturnValue:
    programme = the_programme()
    text = atom_feed(
        [_entry(one, lang) for one in queries.latest_updates(IN_FEED)],
        title=_("Initiatives: %(programme)s", programme=programme.name),
        own=from_outside(url_for(".initiatives_feed", lang=lang)),
        page=from_outside(url_for(".initiatives", lang=lang)),
        key="initiatives",
        began_at=programme.row.created_at,
    )
    answer = Response(text, mimetype=ATOM)
    answer.add_etag()
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer.make_conditional(request)


def _entry(update: InitiativeUpdate, lang: str) -> Entry:
    return Entry(
        key=f"initiative-update-{update.id}",
        title=headline(update),
        url=from_outside(url_for(".initiative", lang=lang, initiative_id=update.initiative_id)),
        published=update.created_at,
        updated=update.updated_at,
        summary=update.text,
    )
