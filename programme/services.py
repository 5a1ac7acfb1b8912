"""Setting up the programme from its profile."""

from collections.abc import Callable

from core.database import db
from programme.models import Programme
from programme.profile import load_profile

Seed = Callable[[Programme], None]
_seeds: list[Seed] = []


def register_seed(seed: Seed) -> None:
    """What else the profile fills on the first start. Asked at every start: it writes only what is not there."""
    if seed not in _seeds:
        _seeds.append(seed)


def ensure_programme(profile_name: str, *, is_demo: bool) -> Programme:
    """The programme of this installation; made from its profile on the very first start."""
    existing = db.session.query(Programme).order_by(Programme.id).first()
    programme = existing or _made(profile_name, is_demo=is_demo)
    for seed in _seeds:
        seed(programme)
    db.session.flush()
    return programme


def _made(profile_name: str, *, is_demo: bool) -> Programme:
    profile = load_profile(profile_name)
    programme = Programme(
        profile=profile_name,
        name=profile.name.in_language("pl"),
        short_name=profile.short_name.in_language("pl"),
        starts_on=profile.starts_on,
        ends_on=profile.ends_on,
        funding_statement=profile.funding_statement.in_language("pl"),
        is_demo=is_demo,
    )
    db.session.add(programme)
    db.session.flush()
    return programme
