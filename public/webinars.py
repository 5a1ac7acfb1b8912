"""Webinars for everybody: what is coming, what was, series by series. Never the link to join."""

from collections.abc import Sequence

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.calendars import MEDIA_TYPE
from core.i18n import _
from core.local_times import YEARS
from core.paging import address_with, page_number
from programme.queries import the_programme
from public.addresses import in_both_languages
from public.blueprint import bp
from public.changed import webinars_changed
from public.feeds import ATOM, feed_of
from public.places import from_outside
from public.webinar_data import about_event, calendar_of_one, public_calendar
from webinars import queries
from webinars.models import Webinar, WebinarForm, WebinarSeries
from webinars.queries import Wanted
from webinars.recorded import known_recordings, recordings_of
from webinars.workflow import TO_COME

ASK_AGAIN = "public, no-cache"


@in_both_languages(bp, "/{webinars}")
def webinars(lang: str) -> ResponseReturnValue:
    series = queries.all_series()
    wanted = _wanted(series)
    coming = queries.coming(wanted) if not wanted.recorded else []
    page = queries.past(wanted, number=page_number())
    return render_template(
        "public/webinars/index.html",
        wanted=wanted,
        chosen=_chosen(wanted),
        series=series,
        years=queries.years(),
        forms=list(WebinarForm),
        may_ask_for_recordings=known_recordings() is not None,
        coming=coming,
        page=page,
        recordings=recordings_of([one.id for one in page.rows]),
        changed_on=webinars_changed(),
    )


@in_both_languages(bp, "/{webinars}/{series}/<slug>")
def webinar_series(lang: str, slug: str) -> ResponseReturnValue:
    """First the webinar to begin with, then those to come, then the others in the order of the series."""
    series = queries.series_by_slug(slug) or abort(404)
    shown = queries.webinars_of(series, public=True)
    coming = sorted(
        (one for one in shown if one.status in TO_COME and not one.is_over), key=lambda one: one.starts_at
    )
    first = series.begins_with
    return render_template(
        "public/webinars/series.html",
        series=series,
        introduction=first,
        coming=coming,
        others=[one for one in shown if one not in coming and one is not first],
        recordings=recordings_of([one.id for one in shown]),
        changed_on=max([series.updated_at, *(one.updated_at for one in shown)]),
    )


@in_both_languages(bp, "/{webinars}/<int:webinar_id>")
def webinar(lang: str, webinar_id: int) -> ResponseReturnValue:
    found = _public(webinar_id)
    recording = recordings_of([found.id]).get(found.id)
    return render_template(
        "public/webinars/show.html",
        webinar=found,
        is_coming=found.status in TO_COME and not found.is_over,
        recording=recording,
        changed_on=found.updated_at,
        event=about_event(found, url=address_of(found, lang), recording=recording),
    )


# --- Calendars and feeds ---------------------------------------------------------------------------------


@in_both_languages(bp, "/{webinars}/<int:webinar_id>.ics")
def webinar_calendar(lang: str, webinar_id: int) -> ResponseReturnValue:
    found = _public(webinar_id)
    answer = Response(calendar_of_one(found, url=address_of(found, lang)), mimetype=MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"webinar-{found.id}.ics")
    return _unless_known(answer)


@in_both_languages(bp, "/{webinars}/{calendar}.ics")
def webinars_calendar(lang: str) -> ResponseReturnValue:
    return _calendar(None, lang)


@in_both_languages(bp, "/{webinars}/{series}/<slug>/{calendar}.ics")
def webinar_series_calendar(lang: str, slug: str) -> ResponseReturnValue:
    return _calendar(queries.series_by_slug(slug) or abort(404), lang)


@in_both_languages(bp, "/{webinars}/{feed}.atom")
def webinars_feed(lang: str) -> ResponseReturnValue:
    return _feed(None, lang)


@in_both_languages(bp, "/{webinars}/{series}/<slug>/{feed}.atom")
def webinar_series_feed(lang: str, slug: str) -> ResponseReturnValue:
    return _feed(queries.series_by_slug(slug) or abort(404), lang)


def address_of(webinar: Webinar, lang: str) -> str:
    return from_outside(url_for("public.webinar", lang=lang, webinar_id=webinar.id))


def _calendar(series: WebinarSeries | None, lang: str) -> ResponseReturnValue:
    text = public_calendar(
        queries.for_calendars(series), name=_name(series), address=lambda one: address_of(one, lang)
    )
    return _unless_known(Response(text, mimetype=MEDIA_TYPE))


def _feed(series: WebinarSeries | None, lang: str) -> ResponseReturnValue:
    if series is None:
        own, page = url_for(".webinars_feed", lang=lang), url_for(".webinars", lang=lang)
    else:
        own = url_for(".webinar_series_feed", lang=lang, slug=series.slug)
        page = url_for(".webinar_series", lang=lang, slug=series.slug)
    text = feed_of(
        queries.announced_since(series),
        title=_name(series),
        own=from_outside(own),
        page=from_outside(page),
        key=f"webinars-series-{series.id}" if series else "webinars",
        address=lambda one: address_of(one, lang),
        began_at=series.created_at if series else the_programme().row.created_at,
    )
    return _unless_known(Response(text, mimetype=ATOM))


def _name(series: WebinarSeries | None) -> str:
    named = the_programme().name
    if series is None:
        return _("Webinars: %(programme)s", programme=named)
    return _("%(series)s: %(programme)s", series=series.name, programme=named)


def _unless_known(answer: Response) -> ResponseReturnValue:
    """Programs ask again and again: whoever has it already gets a few bytes."""
    answer.add_etag()
    answer.headers["Cache-Control"] = ASK_AGAIN
    return answer.make_conditional(request)


def _public(webinar_id: int) -> Webinar:
    """A draft is like one that is not there."""
    found = queries.webinar_by_id(webinar_id)
    if found is None or not found.is_public:
        abort(404)
    return found


# --- What the list is narrowed by ------------------------------------------------------------------------


def _wanted(series: Sequence[WebinarSeries]) -> Wanted:
    """What is no choice of ours is as good as none."""
    asked = request.args
    return Wanted(
        text=asked.get("q", "")[:80],
        series=next((one for one in series if one.slug == asked.get("series")), None),
        year=_year(asked.get("year", "")),
        form=asked.get("form", None, WebinarForm),
        recorded=asked.get("recorded") == "yes" and known_recordings() is not None,
    )


def _year(text: str) -> int | None:
    is_written = len(text) == 4 and text.isascii() and text.isdigit()
    return int(text) if is_written and int(text) in YEARS else None


def _chosen(wanted: Wanted) -> list[tuple[str, str]]:
    """Each thing the list is narrowed by, with the address of the list without it."""
    chosen = {
        "q": _("“%(text)s”", text=wanted.text.strip()) if wanted.text.strip() else None,
        "series": wanted.series.name if wanted.series else None,
        "year": str(wanted.year) if wanted.year else None,
        "form": str(wanted.form.label) if wanted.form else None,
        "recorded": _("With a recording") if wanted.recorded else None,
    }
    return [(label, address_with(**{key: None, "page": None})) for key, label in chosen.items() if label]
