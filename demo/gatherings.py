"""Meetings that were held and those to come, and handbooks on their way."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from core import clock
from core.i18n import _
from core.uploads import SentFile
from demo.calendar import Calendar
from demo.cast import HOME, Stage
from demo.chance import Chance
from demo.paper import small_pdf
from demo.seats import Seat
from handbooks.models import HandbookIssue
from handbooks.services import confirm_copies, keep_edition, send_copies
from meetings.services import Outcome, When, call_meeting, record_meeting

PLACES = (
    "Biblioteka Publiczna",
    "Świetlica wiejska",
    "Gminny Ośrodek Kultury",
    "Szkoła Podstawowa",
    "Remiza OSP",
)
AGREED = (
    "Partnerzy poznali się i uzgodnili, co każdy z nich może wnieść. Wspólnie wskazano grupy, do których trzeba dotrzeć najpierw.",
    "Omówiono wyniki rozmów z mieszkańcami. Największą potrzebą są sprawy urzędowe i zdrowie przez internet.",
    "Podzielono szkolenia między partnerów i ustalono terminy na pierwsze półrocze.",
)
NEXT = (
    "Biblioteka sprawdzi sprzęt do końca miesiąca. Szkoła wskaże osobę prowadzącą.",
    "Każdy partner prześle liderce lub liderowi swoje terminy.",
    "Ośrodek kultury przygotuje ogłoszenie o zapisach.",
)
AGENDA = "Powitanie i krótkie przedstawienie partnerów\nPotrzeby mieszkańców\nPodział zadań\nTermin następnego spotkania"
AGAIN, TO_COME, WITH_MINUTES, SENT, CONFIRMED, DAMAGED = 60, 12, 40, 85, 80, 10
"""Per cent."""
COPIES = 4


def meet(seats: Sequence[Seat]) -> None:
    """The initiating meeting comes soon after the founding; some have met again, some will soon."""
    for seat in seats:
        if seat.part.script.stage is Stage.PLANNED:
            continue
        chance = seat.chance("meetings")
        _record(seat, max(seat.founded - chance.whole(3, 12), 1), chance)
        if seat.founded > 60 and chance.happens(AGAIN):
            _record(seat, chance.whole(15, 45), chance)
        if seat.code == HOME or chance.happens(TO_COME):
            _call(seat, chance)


def _record(seat: Seat, days_ago: int, chance: Chance) -> None:
    outcome = Outcome(chance.whole(5, 24), chance.one(AGREED), chance.one(NEXT))
    minutes = None
    if seat.code == HOME or chance.happens(WITH_MINUTES):
        minutes = SentFile("protokol.pdf", small_pdf("Protokół ze spotkania partnerstwa"))
    with clock.at(seat.calendar.moment(days_ago, chance)), seat.calendar.with_its_mails():
        record_meeting(
            seat.partnership,
            _when(clock.today(), chance),
            outcome,
            minutes_file=minutes,
            actor=seat.leader,
        )


def _call(seat: Seat, chance: Chance) -> None:
    moment = seat.calendar.moment(2, chance)
    held_on = seat.calendar.today + timedelta(days=chance.whole(4, 16))
    with clock.at(moment), seat.calendar.with_its_mails():
        call_meeting(seat.partnership, _when(held_on, chance), invite=True, actor=seat.leader)


def _when(held_on: date, chance: Chance) -> When:
    return When(held_on, time(chance.whole(15, 18)), 120, chance.one(PLACES), AGENDA)


def send_handbooks(seats: Sequence[Seat], calendar: Calendar) -> None:
    """One edition, sent to most; a few copies came damaged, and some nobody has confirmed yet."""
    office = seats[0].office
    printed = max(calendar.length - 20, 1)
    with clock.at(calendar.moment(printed, Chance("handbook"))):
        keep_edition(
            None,
            title=_("Digital skills in the municipality: a handbook for partnerships"),
            edition="1",
            published_on=clock.today(),
            is_current=True,
            file=("podrecznik.pdf", small_pdf("Umiejętności cyfrowe w gminie")),
            actor=office,
        )
    chance = Chance("handbooks sent")
    chosen = [seat for seat in seats if seat.code == HOME or chance.happens(SENT)]
    sent = max(printed - 30, 0)
    with clock.at(calendar.moment(sent, Chance("handbooks"))), calendar.with_its_mails():
        issues = send_copies(
            [seat.municipality for seat in chosen], sent_on=clock.today(), sent_count=COPIES, actor=office
        )
    for seat, issue in zip(chosen, issues, strict=True):
        if seat.code != HOME and seat.part.script.stage is not Stage.PLANNED:
            _confirm(seat, issue, max(sent - 8, 0))


def _confirm(seat: Seat, issue: HandbookIssue, days_ago: int) -> None:
    chance = seat.chance("handbooks")
    if not chance.happens(CONFIRMED):
        return
    damaged = chance.happens(DAMAGED)
    with clock.at(seat.calendar.moment(days_ago, chance)), seat.calendar.with_its_mails():
        confirm_copies(
            issue,
            confirmed_count=COPIES - damaged,
            confirmed_on=clock.today(),
            note="Jeden egzemplarz zamókł." if damaged else None,
            actor=seat.leader,
        )
