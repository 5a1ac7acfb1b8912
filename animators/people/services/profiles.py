"""What an animator lets everybody know, changed by themselves or by the office for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from animators.errors import NoPublicAddress
from animators.events import AnimatorEvent
from animators.people.models import AnimatorProfile
from animators.people.photos import MEDIA_TYPE, portrait_of
from animators.people.queries.profiles import profile_of
from core import audit, storage
from core.database import db


@dataclass(frozen=True)
class SentPhoto:
    name: str
    data: bytes


def save_profile(
    person: User,
    *,
    bio: str,
    public_email: str,
    regions: Sequence[str],
    visible: bool,
    photo: SentPhoto | None = None,
    without_photo: bool = False,
    actor: User,
) -> AnimatorProfile:
    """A new photo comes in place of the old one, which is forgotten."""
    if visible and not public_email:
        raise NoPublicAddress
    portrait = portrait_of(photo.data, photo.name) if photo else None
    profile = profile_of(person) or AnimatorProfile(user=person, regions=[], visible=False)
    db.session.add(profile)
    before = _facts(profile)
    profile.bio, profile.public_email = bio or None, public_email or None
    profile.regions, profile.visible = sorted(regions), visible
    if portrait is not None:
        _replace_photo(profile, storage.keep(portrait, name="photo.png", media_type=MEDIA_TYPE))
    elif without_photo:
        _replace_photo(profile, None)
    after = _facts(profile)
    if before != after:
        on_behalf_of = person if person.id != actor.id else None
        audit.record(
            AnimatorEvent.PROFILE_CHANGED,
            profile,
            actor=actor,
            on_behalf_of=on_behalf_of,
            before=before,
            after=after,
        )
    return profile


def _replace_photo(profile: AnimatorProfile, photo: storage.StoredFile | None) -> None:
    former, profile.photo = profile.photo, photo
    db.session.flush()
    if former is not None:
        storage.remove(former)


def _facts(profile: AnimatorProfile) -> dict[str, Any]:
    """What the history compares; texts and addresses stay out of it."""
    return {
        "visible": profile.visible,
        "regions": profile.regions,
        "has_bio": bool(profile.bio),
        "has_email": bool(profile.public_email),
        "has_photo": profile.photo is not None,
    }
