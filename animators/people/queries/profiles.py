"""Profiles of animators: one's own, and those that everybody sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import User
from animators.people.models import AnimatorProfile
from core import clock
from core.database import db
from municipalities.models import Municipality, Voivodeship
from municipalities.queries import voivodeships
from partnerships.models import AnimatorAssignment, AssignmentKind
from partnerships.queries import covers


def profile_of(person: User) -> AnimatorProfile | None:
    return db.session.scalar(
        select(AnimatorProfile)
        .where(AnimatorProfile.user_id == person.id)
        .options(joinedload(AnimatorProfile.photo))
    )


def public_photo(profile_id: int) -> AnimatorProfile | None:
    """A profile with a photo that everybody may see: visible, and of somebody who advises today."""
    return db.session.scalar(
        select(AnimatorProfile)
        .join(AnimatorProfile.photo)
        .options(contains_eager(AnimatorProfile.photo))
        .where(AnimatorProfile.id == profile_id, *_is_public(clock.today()))
    )


@dataclass(frozen=True)
class Supported:
    """A municipality on an animator's public card."""

    municipality: Municipality
    is_cover: bool
    covered_until: date | None
    """Of their own: somebody else answers until that day. Whoever it is says so on a card of their own."""
    is_covered: bool


@dataclass(frozen=True)
class AnimatorCard:
    profile: AnimatorProfile
    regions: Sequence[Voivodeship]
    supported: Sequence[Supported]

    @property
    def own(self) -> list[Supported]:
        return [one for one in self.supported if not one.is_cover]

    @property
    def covered(self) -> list[Supported]:
        return [one for one in self.supported if one.is_cover]


def public_cards() -> list[AnimatorCard]:
    """Everybody with a visible profile and an assignment of today, by surname; three queries however many there are."""
    today = clock.today()
    profiles = db.session.scalars(
        select(AnimatorProfile)
        .join(AnimatorProfile.user)
        .options(contains_eager(AnimatorProfile.user), joinedload(AnimatorProfile.photo))
        .where(*_is_public(today))
        .order_by(User.sort_key, User.id)
    ).all()
    supported = _supported(today)
    regions = {one.code: one for one in voivodeships()}
    return [
        AnimatorCard(
            profile, _regions(profile, supported[profile.user_id], regions), supported[profile.user_id]
        )
        for profile in profiles
        if profile.user_id in supported
    ]


def _is_public(today: date) -> tuple[ColumnElement[bool], ...]:
    assigned = (
        exists()
        .where(
            AnimatorAssignment.animator_id == AnimatorProfile.user_id,
            covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, today),
        )
        .correlate(AnimatorProfile)
    )
    active = exists().where(User.id == AnimatorProfile.user_id, User.is_active).correlate(AnimatorProfile)
    return AnimatorProfile.visible.is_(True), assigned, active


def _supported(today: date) -> dict[int, list[Supported]]:
    """By animator, each list by the alphabet. Units that have ended stand nowhere."""
    assignments = db.session.scalars(
        select(AnimatorAssignment)
        .join(AnimatorAssignment.municipality)
        .options(
            contains_eager(AnimatorAssignment.municipality).options(
                joinedload(Municipality.county, innerjoin=True),
                joinedload(Municipality.voivodeship, innerjoin=True),
            )
        )
        .where(
            covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, today),
            Municipality.valid_to.is_(None) | (Municipality.valid_to >= today),
        )
        .order_by(Municipality.sort_key, Municipality.id)
    ).all()
    covering = {one.municipality_id: one for one in assignments if one.kind is AssignmentKind.COVER}
    found: dict[int, list[Supported]] = {}
    for one in assignments:
        cover = covering.get(one.municipality_id) if one.kind is AssignmentKind.MAIN else None
        found.setdefault(one.animator_id, []).append(
            Supported(
                one.municipality,
                is_cover=one.kind is AssignmentKind.COVER,
                covered_until=cover.ends_on if cover else None,
                is_covered=cover is not None,
            )
        )
    return found


def _regions(
    profile: AnimatorProfile, supported: Sequence[Supported], all_regions: dict[str, Voivodeship]
) -> list[Voivodeship]:
    """Those of the municipalities, and those they care for beside."""
    codes = {one.municipality.voivodeship.code for one in supported} | set(profile.regions)
    return [region for code, region in all_regions.items() if code in codes]
