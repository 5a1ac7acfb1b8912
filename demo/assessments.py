"""Self-assessments of the demonstration: some municipalities have one behind them, some two, one has begun."""

from collections.abc import Sequence

from assessments.models import Answer, SelfAssessment
from assessments.services import Entry, begin, finish, save_area, the_questionnaire
from core import clock
from demo.cast import HOME, Stage
from demo.chance import Chance
from demo.seats import Seat

ANSWERED, AGAIN, BEGUN = 28, 30, 8
"""Per cent."""
UNKNOWN = 6
NOTES = (
    "Odpowiedzi uzgodniono na spotkaniu partnerów, było 9 organizacji.",
    "Liczby z urzędu gminy i z ośrodka pomocy społecznej.",
    "Największe różnice są między siedzibą gminy a mniejszymi miejscowościami.",
)
WEAK = ("safety", "problem_solving", "exclusion", "staff")
"""Where most municipalities have furthest to go."""
PART_OF_IT = 4
FULLEST = 4


def assess(seats: Sequence[Seat]) -> None:
    """It is done when a partnership begins, before it writes its plan; and again about a year later."""
    for seat in seats:
        chance = seat.chance("assessments")
        is_home = seat.code == HOME
        if seat.part.script.stage is Stage.PLANNED or not (is_home or chance.happens(ANSWERED)):
            continue
        first = max(seat.founded - chance.whole(10, 25), 2)
        _fill_in(seat, chance, days_ago=first, better=0)
        if first > 200 and (is_home or chance.happens(AGAIN)):
            _fill_in(seat, chance, days_ago=chance.whole(20, 60), better=1)
        elif not is_home and chance.happens(BEGUN):
            _begin_only(seat, chance)


def _fill_in(seat: Seat, chance: Chance, *, days_ago: int, better: int) -> None:
    with clock.at(seat.calendar.moment(days_ago, chance)):
        assessment = begin(seat.partnership, actor=seat.leader)
        _answer(seat, assessment, chance, better=better)
        finish(assessment, actor=seat.leader)


def _begin_only(seat: Seat, chance: Chance) -> None:
    with clock.at(seat.calendar.moment(2, chance)):
        assessment = begin(seat.partnership, actor=seat.leader)
        _answer(seat, assessment, chance, better=0, areas=PART_OF_IT)


def _answer(
    seat: Seat, assessment: SelfAssessment, chance: Chance, *, better: int, areas: int | None = None
) -> None:
    for area in the_questionnaire().areas[:areas]:
        same = seat.chance("assessments", area.code)
        level = same.whole(0, 2) if area.code in WEAK else same.whole(1, 3)
        answers = {
            one.key: _step(level + same.whole(-1, 1) + chance.whole(0, better), chance).value
            for one in area.statements
        }
        row = assessment.area(area.code)
        note = chance.one(NOTES) if chance.happens(20) else None
        save_area(
            assessment,
            area,
            Entry(answers, note),
            seen=row.row_version if row else 1,
            actor=chance.one([seat.leader, *seat.deputies]),
        )


def _step(level: int, chance: Chance) -> Answer:
    return Answer.UNKNOWN if chance.happens(UNKNOWN) else Answer(str(min(max(level, 0), FULLEST)))
