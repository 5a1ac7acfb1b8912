"""Who registers for the webinars to come: leaders and deputies, a few guests, more than there is room for on site."""

from collections.abc import Sequence
from datetime import timedelta

from accounts.demo_sign_ins import DEMO_SIGN_INS
from accounts.models import User
from core import clock, mail
from core.database import db
from demo.seats import Seat
from webinars.models import Webinar
from webinars.registrations import services
from webinars.registrations.models import AccessNeed, AudienceGroup, RegistrationStatus, WebinarRegistration
from webinars.registrations.services import Guest, Needs

GUESTS = (
    ("Halina Dudek", "h.dudek@uczelnia.example", Needs()),
    ("Ryszard Wrona", "r.wrona@dom-kultury.example", Needs([AccessNeed.LIVE_CAPTIONS])),
    ("Celina Pająk", "c.pajak@seniorzy.example", Needs([AccessNeed.SIGN_LANGUAGE])),
    ("Olgierd Sroka", "o.sroka@biblioteka.example", Needs([AccessNeed.OTHER], "Miejsce blisko drzwi, jeżdżę na wózku.")),
)  # fmt: skip
FEW, WAITING = 18, 3
EVERY_FIFTH = 5


def register_for(webinar: Webinar, seats: Sequence[Seat], *, office: User) -> None:
    """Since the day after it was announced; the first in the list of seats are those of the sign-in page."""
    wanted = FEW if webinar.capacity is None else webinar.capacity + WAITING - len(GUESTS)
    announced = webinar.announced_at or clock.now()
    with clock.at(announced + timedelta(hours=20)), mail.nobody_told():
        for name, address, needs in GUESTS:
            services.add_by_hand(webinar, Guest(name, address, needs=needs), actor=office)
        for person in _people(seats)[:wanted]:
            services.register(webinar, person)


def had_registered(webinar: Webinar, seats: Sequence[Seat]) -> None:
    """For one that is over: those with an account, as guests are forgotten after a month."""
    asked_at = webinar.starts_at - timedelta(days=3)
    db.session.add_all(
        WebinarRegistration(
            webinar=webinar, user=seat.leader, language="pl", municipality=seat.municipality, asked_at=asked_at,
            group=AudienceGroup.PARTICIPANT, status=RegistrationStatus.REGISTERED, confirmed_at=asked_at,
            access_needs=[],
        )
        for seat in list(seats)[webinar.id % EVERY_FIFTH :: EVERY_FIFTH]
    )  # fmt: skip


def _people(seats: Sequence[Seat]) -> list[User]:
    """Nobody twice: some lead in two municipalities. Those of the sign-in page first."""
    found = {person.id: person for seat in seats for person in (seat.leader, *seat.deputies)}
    return sorted(found.values(), key=lambda person: person.email not in DEMO_SIGN_INS)
