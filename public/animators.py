"""Your animators: who helps which municipalities, as the assignments of today say."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from accounts.guards import public
from animators.people.queries.profiles import AnimatorCard, public_cards, public_photo
from animators.people.views.profiles import photo_response
from core.text import fold, words
from municipalities.models import Voivodeship
from municipalities.queries import voivodeships
from public.addresses import in_both_languages
from public.blueprint import bp
from public.changed import animators_changed

FOR_AN_HOUR = "public, max-age=3600"


@dataclass(frozen=True)
class Wanted:
    text: str = ""
    voivodeship: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text.strip() or self.voivodeship)


@in_both_languages(bp, "/{animators}")
def animators(lang: str) -> ResponseReturnValue:
    wanted, cards = _wanted(), public_cards()
    found = [card for card in cards if _fits(card, wanted)]
    return render_template(
        "public/animators.html",
        cards=found,
        wanted=wanted,
        regions=_regions(cards),
        any_at_all=bool(cards),
        changed_on=animators_changed(),
    )


def _wanted() -> Wanted:
    """What is no choice of ours is as good as none."""
    code = request.args.get("voivodeship", "")
    known = {one.code for one in voivodeships()}
    return Wanted(request.args.get("q", "")[:80], code if code in known else "")


def _regions(cards: Sequence[AnimatorCard]) -> list[Voivodeship]:
    """Those in which there is somebody."""
    found = {region.code: region for card in cards for region in card.regions}
    return sorted(found.values(), key=lambda region: region.sort_key)


def _fits(card: AnimatorCard, wanted: Wanted) -> bool:
    """Every word typed begins a word of the animator's name, or all of them words of one municipality."""
    if wanted.voivodeship and wanted.voivodeship not in {region.code for region in card.regions}:
        return False
    typed = words(wanted.text)
    names = [fold(card.profile.user.name), *(one.municipality.search_text for one in card.supported)]
    return not typed or any(all(f" {word}" in f" {name}" for word in typed) for name in names)


@bp.get("/animators/photos/<int:profile_id>/<version>.png")
@public
def animator_photo(profile_id: int, version: str) -> ResponseReturnValue:
    """``version`` only makes the address of a new photo a new one."""
    profile = public_photo(profile_id)
    if profile is None or profile.photo is None:
        abort(404)
    return photo_response(profile.photo, FOR_AN_HOUR)
