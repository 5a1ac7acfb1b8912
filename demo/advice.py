"""Calls and meetings of the last months, what leaders ask, and advice to others."""

from collections.abc import Sequence
from datetime import timedelta

from animators.advice.models import AdviceRequest
from animators.advice.queries import advisers_on
from animators.advice.services.logging import Talk, log_advice
from animators.advice.services.outside import OutsideTalk, log_outside
from animators.advice.services.requests import Question, ask
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core import clock
from core.database import db
from demo.cast import HOME
from demo.chance import Chance
from demo.seats import Seat
from programme.queries import the_programme

TALKS = (
    (("general_plan", "diagnosis"), "Jak opisać potrzeby seniorów i skąd wziąć liczby."),
    (("workbook",), "Wgrywanie formatki: dwie komórki z datą wymagały poprawy."),
    (("partnership",), "Kogo jeszcze zaprosić: rozmowa z ośrodkiem pomocy i kołem gospodyń."),
    (("annual_plan", "trainings"), "Rozkład szkoleń na kwartały, żeby nie trafiły na żniwa."),
    (("recommendations",), "Do kogo kierować rekomendacje i jak je uzasadnić."),
    (("recruitment",), "Ogłoszenie o zapisach: krótkie zdania i numer telefonu."),
    (("funding",), "Co można pokazać jako wkład własny partnerów."),
)
CHANNELS = {Channel.PHONE: 6, Channel.ONLINE: 3, Channel.CHAT: 2, Channel.INTERPRETER: 1}
MINUTES = (10, 15, 15, 20, 30, 30, 45, 60)
LATELY = 110
"""Days."""
OTHERS = 40
"""Per cent of the other animators' municipalities."""
OUTSIDE = (
    ("Fundacja Cyfrowy Powiat", Channel.PHONE, 30, ("partnership",), 26),
    ("Urząd Miasta Legnica", Channel.ONLINE, 45, ("funding", "trainings"), 12),
)
QUESTION = (
    "Czy warsztaty z bankowości internetowej możemy wpisać do jednego wiersza, jeżeli odbędą się w trzech "
    "miejscowościach? Nie wiemy, jak policzyć osoby."
)
ANSWERED = "Ilu partnerów musi podpisać porozumienie, zanim zaczniemy pisać plan?"
ANSWER = (
    "Wystarczy trzech, razem z instytucją lidera. Pozostali mogą dołączyć później: wtedy podpisują deklarację, "
    "a porozumienie zostaje bez zmian."
)


def give_advice(seats: Sequence[Seat]) -> None:
    """``animator@`` has advised each of their municipalities, the others some of theirs."""
    home = next(seat for seat in seats if seat.code == HOME)
    for seat in seats:
        chance = seat.chance("advice")
        mine = seat.animator is home.animator
        if seat.founded and (mine or chance.happens(OTHERS)):
            _talk_with(seat, chance, chance.whole(2, 5) if mine else 1)
    _ask_and_answer(home)
    for organisation, channel, minutes, topics, days_ago in OUTSIDE:
        with clock.at(home.calendar.moment(days_ago, Chance(organisation))):
            talk = OutsideTalk(organisation, channel, minutes, topics, clock.today())
            log_outside(talk, key=f"demo-{days_ago}", actor=home.animator)


def _talk_with(seat: Seat, chance: Chance, times: int) -> None:
    longest = min(seat.founded, LATELY)
    days = sorted({chance.whole(0, longest) for _ in range(times)}, reverse=True)
    for days_ago in days:
        topics, summary = chance.one(TALKS)
        with clock.at(seat.calendar.moment(days_ago, chance)), seat.calendar.with_its_mails():
            advisers = advisers_on(seat.municipality.id, clock.today())
            if not advisers:
                continue
            talk = Talk(
                municipality_id=seat.municipality.id,
                channel=chance.weighted(CHANNELS),
                minutes=chance.one(MINUTES),
                topics=topics,
                day=clock.today(),
                summary=summary,
            )
            _confirm_if_old(log_advice(talk, key=f"demo-{seat.code}-{days_ago}", actor=advisers[0]), seat)


def _confirm_if_old(entry: Consultation, seat: Seat) -> None:
    """Nobody disputed it."""
    until = clock.now() + timedelta(days=the_programme().settings.consultation_dispute_days)
    if until < seat.calendar.now:
        entry.status, entry.confirmed_at = ConsultationStatus.CONFIRMED, until


def _ask_and_answer(home: Seat) -> None:
    answered = _asked(home, 33, Question("partnership", ANSWERED, Channel.CHAT))
    with clock.at(home.calendar.moment(32, Chance("answer"))), home.calendar.with_its_mails():
        talk = Talk(home.municipality.id, Channel.CHAT, 15, ("partnership",), clock.today())
        adviser = advisers_on(home.municipality.id, clock.today())[0]
        entry = log_advice(talk, key="demo-answer", answers=answered, answer=ANSWER, actor=adviser)
        _confirm_if_old(entry, home)
    _asked(home, 2, Question("annual_plan", QUESTION, Channel.PHONE, "w dni robocze po 15"))
    db.session.flush()


def _asked(home: Seat, days_ago: int, question: Question) -> AdviceRequest:
    with (
        clock.at(home.calendar.moment(days_ago, Chance("question", days_ago))),
        home.calendar.with_its_mails(),
    ):
        return ask(home.partnership, question, key=f"demo-question-{days_ago}", actor=home.leader)
