"""The catalogue of offers for everybody: what is on offer, one offer, and the form that suggests one.

The form needs no account, and answers everybody alike.
"""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from accounts import throttle
from core import clock
from core.checked_links import dead_among
from core.database import db
from core.errors import DomainError
from core.i18n import _, language
from core.labels import LabelledEnum
from core.paging import address_with, page_number
from knowledge import queries, services
from knowledge.forms import SuggestForm
from knowledge.models import Audience, PriceKind
from knowledge.queries import Wanted
from knowledge.services import LISTS
from knowledge.words import area_labels, labels_of
from partnerships.views.blueprint import ID
from programme.queries import the_programme
from public.addresses import in_both_languages
from public.blueprint import bp
from public.changed import offers_changed

LIMITS = throttle.Limits("offer", account=10, account_from_place=10, place=20, known_device=20)
"""A provider may suggest all that they have; nobody fills the office's list by a script."""
LONGEST_SEARCH = 80


@in_both_languages(bp, "/{offers}")
def offers(lang: str) -> ResponseReturnValue:
    wanted = _wanted()
    return render_template(
        "public/offers/index.html",
        wanted=wanted,
        chosen=_chosen(wanted),
        page=queries.published_offers(wanted, number=page_number()),
        life_areas=_offered("life_areas"),
        digcomp_areas=_offered("digcomp_areas"),
        audiences=_members(Audience),
        prices=_members(PriceKind),
        changed_on=offers_changed(),
    )


@in_both_languages(bp, f"/{{offers}}/<{ID}:item_id>")
def offer(lang: str, item_id: int) -> ResponseReturnValue:
    """One that went out of date says so, and leads nowhere any more."""
    item = queries.public_offer(item_id) or abort(404)
    return render_template(
        "public/offers/show.html",
        item=item,
        areas=area_labels(item),
        dead=dead_among([item.url, item.provider_website]),
        changed_on=clock.local(item.updated_at).date(),
    )


@in_both_languages(bp, "/{offers}/{suggest}", methods=("GET", "POST"))
def suggest_offer(lang: str) -> ResponseReturnValue:
    form = SuggestForm()
    if form.validate_on_submit():
        _count()
        actor = current_user._get_current_object() if current_user.is_authenticated else None
        try:
            services.suggest(form.content(), contact_email=form.contact(), actor=actor)
        except DomainError as refusal:
            db.session.rollback()
            form.reject(refusal)
        else:
            return redirect(url_for(".offer_suggested", lang=lang), 303)
    return render_template("public/offers/suggest.html", form=form), form.status


@in_both_languages(bp, "/{offers}/{suggest}/{sent}")
def offer_suggested(lang: str) -> ResponseReturnValue:
    return render_template("public/offers/sent.html")


def _count() -> None:
    """By place alone: the address in the form is optional, and anybody may type any."""
    attempt = throttle.a_try(LIMITS, account=request.remote_addr or "", address=request.remote_addr)
    if wait := throttle.admit(LIMITS, attempt):
        raise TooManyRequests(retry_after=wait)


# --- What the list is narrowed by ------------------------------------------------------------------------


def _wanted() -> Wanted:
    """What is no choice of ours is as good as none."""
    asked = request.args
    return Wanted(
        text=asked.get("q", "")[:LONGEST_SEARCH],
        life_area=_code("life_areas", asked.get("life_area", "")),
        digcomp_area=_code("digcomp_areas", asked.get("skill", "")),
        audience=asked.get("audience", None, Audience),
        price=asked.get("price", None, PriceKind),
    )


def _code(column: str, asked: str) -> str | None:
    return asked if asked in the_programme().code_lists[LISTS[column]].codes else None


def _offered(column: str) -> list[tuple[str, str]]:
    """Code and label of what can be chosen, in the reader's language."""
    code = language()
    found = the_programme().code_lists[LISTS[column]].offered()
    return [(one.code, one.labels.in_language(code)) for one in found]


def _members(kind: type[LabelledEnum]) -> list[tuple[str, str]]:
    return [(one.value, str(one.label)) for one in kind]


def _chosen(wanted: Wanted) -> list[tuple[str, str]]:
    """Each thing the list is narrowed by, with the address of the list without it."""
    text = wanted.text.strip()
    chosen = {
        "q": _("“%(text)s”", text=text) if text else None,
        "life_area": labels_of("life_areas", [wanted.life_area])[0] if wanted.life_area else None,
        "skill": labels_of("digcomp_areas", [wanted.digcomp_area])[0] if wanted.digcomp_area else None,
        "audience": str(wanted.audience.label) if wanted.audience else None,
        "price": str(wanted.price.label) if wanted.price else None,
    }
    return [(label, address_with(**{key: None, "page": None})) for key, label in chosen.items() if label]
