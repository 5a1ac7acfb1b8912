"""Animators as everybody sees them: profiles and portraits, and one who came back from a leave today."""

from collections.abc import Sequence

from accounts.models import User
from animators.people.models import AnimatorProfile
from animators.people.photos import MEDIA_TYPE
from animators.people.services.leaves import summarise_ended
from core import storage
from core.database import db
from demo.chance import Chance
from demo.portraits import portrait
from demo.seats import Seat

SHOWN = 8
"""Of ten: one has written a profile that nobody sees yet, one none at all."""

ABOUT = (
    "Pomagam partnerstwom w małych gminach: od diagnozy po plan na trzy lata. Najłatwiej zastać mnie rano.",
    "Wspieram biblioteki i domy kultury. Dzwońcie śmiało, oddzwaniam tego samego dnia.",
    "Jeżdżę do gmin, w których nie ma jeszcze zajęć dla seniorów. Odpisuję na wiadomości do południa.",
    "Uczę czytać dane o mieszkańcach, zanim powstanie plan. We wtorki i czwartki jestem w terenie.",
)


def show_animators(seats: Sequence[Seat]) -> None:
    """In the order of the regions; the first is ``animator@``'s."""
    animators = list(dict.fromkeys(seat.animator for seat in seats))
    for number, animator in enumerate(animators[: SHOWN + 1]):
        _introduce(animator, number)
    db.session.flush()
    summarise_ended()


def _introduce(animator: User, number: int) -> None:
    chance = Chance("profile", animator.email)
    photo = None
    if number % 4 != 3:  # some have none: their initials stand there
        photo = storage.keep(portrait(chance), name="photo.png", media_type=MEDIA_TYPE)
    db.session.add(
        AnimatorProfile(
            user=animator,
            bio=ABOUT[number % len(ABOUT)],
            photo=photo,
            public_email=animator.email,
            regions=[],
            visible=number < SHOWN,
        )
    )
