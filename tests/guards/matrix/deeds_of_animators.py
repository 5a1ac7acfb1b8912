"""Deeds on the animators' side: phrases, hours, visits, advice and work cards."""

from collections.abc import Callable, Mapping

from tests.guards.matrix.consultations_held import LINK
from tests.guards.matrix.deed import Deed, Fields
from tests.guards.matrix.people import VISITOR
from tests.guards.matrix.visits_to_agree import WITH_ROOM
from tests.guards.matrix.world import World

REPORT = {
    "day": "2026-04-14", "time": "10:00", "minutes": "200", "people_count": "7", "topics": ["funding"],
    "summary": "Pieniądze", "length_note": "Krócej", "late_reason": "", "over_reason": "", "warned": "full",
    "phrase": "", "insert_phrase": [], "used_phrase": [],
}  # fmt: skip
STEP = {"text": "Sala w szkole", "owner": "leader", "due_on": "2026-05-01"}

TALK = {
    "key": "k1", "quick": "30", "minutes": "35", "topics": ["workbook"], "channel": "phone", "day": "2026-04-14",
    "summary": "Daty", "late_reason": "Zapomniane",
}  # fmt: skip
OVER = {"over_reason": "Kontrola", "warned": "over"}

DATE = {"day": "2026-05-29", "time": "10:00", "minutes": "240", "place": "Biblioteka"}
DATES = {
    "minutes": "200", "place": "Szkoła",
    **{f"day_{number}": f"2026-05-2{number}" for number in range(1, 6)},
    **{f"time_{number}": "10:00" for number in range(1, 6)},
}  # fmt: skip


def a_trip(world: World) -> Fields:
    row = {
        **DATE,
        "partnership_id": str(world.record("partnership", WITH_ROOM).values["partnership_id"]),
        "take": "y",
    }
    return {"gap": "60", "warned": "", **{f"stops-0-{name}": value for name, value in row.items()}}


def talk_with(town: str) -> Callable[[World], Fields]:
    return lambda world: {
        **TALK,
        **OVER,
        "municipality": str(world.record("municipality", town).values["municipality_id"]),
        "other": "",
    }


JOURNEY = {
    "kind": "travel", "day": "2026-03-02", "minutes": "1:30", "km": "87", "note": "Opole", "correction": "no",
}  # fmt: skip

DEEDS_OF_ANIMATORS: Mapping[str, Deed] = {
    "advice.log": Deed("animator", fields=talk_with("adraft")),
    "advice.undo": Deed("animator", "entry", "adraft"),
    "advice.correct": Deed(
        "animator", "entry", "adraft", {"quick": "30", "minutes": "1:30", "reason": "Dłużej", **OVER}
    ),
    "advice.outside": Deed("animator", fields={**TALK, "organisation": "Fundacja Nowa", "municipality": ""}),
    "advice.take_back_outside": Deed("animator", "outside", "adraft", {"reason": "Pomyłka"}),
    "advice.ask": Deed(
        "leader",
        "partnership",
        "adraft",
        {
            "key": "k1",
            "topic": "funding",
            "question": "Skąd wkład własny?",
            "channel": "online",
            "wished_times": "rano",
        },
    ),
    "advice.answer": Deed(
        "animator",
        "request",
        "adraft",
        {"key": "k1", "answer": "Z budżetu", "quick": "15", "minutes": "", **OVER},
    ),
    "advice.close_request": Deed("animator", "request", "adraft", {"answer": "Wyjaśnione na spotkaniu"}),
    "advice.withdraw_request": Deed("leader", "request", "adraft"),
    "accounts.do_by_link": Deed(VISITOR, names=lambda world: {"token": world.seen[LINK]}),
    "visits.enter_new": Deed("leader", "partnership", WITH_ROOM, DATE, {"number": 2}),
    "visits.propose_new": Deed("leader", "partnership", WITH_ROOM, DATES, {"number": 2}),
    "visits.accept": Deed(
        "leader", "visit", "adraft proposed", lambda world: {"slot": world.seen["adraft slot"]}
    ),
    "visits.enter": Deed("leader", "visit", "adraft proposed", DATE),
    "visits.propose": Deed("leader", "visit", "adraft proposed", DATES),
    "visits.move": Deed("leader", "visit", "adraft agreed", {**DATES, "reason": "Powódź"}),
    "visits.decline": Deed("leader", "visit", "adraft proposed", {"note": "W piątki zamknięte"}),
    "visits.not_right": Deed("leader", "visit", "adraft agreed", {"note": "Miał być czwartek"}),
    "visits.take_move_back": Deed("leader", "visit", "adraft moved"),
    "visits.cancel": Deed("leader", "visit", "adraft agreed", {"reason": "Brak prądu"}),
    "visits.trip": Deed("animator", fields=a_trip),
    "consultations.report": Deed(
        "animator",
        "consultation",
        "adraft owed",
        {**REPORT, "more_steps": [], **{f"steps-0-{name}": value for name, value in STEP.items()}},
    ),
    "consultations.correct": Deed(
        "animator", "consultation", "adraft reported", {**REPORT, "reason": "Przerwa na obiad"}
    ),
    "consultations.confirm": Deed(
        "leader", "consultation", "adraft reported", lambda world: {"seen": world.seen["adraft reported"]}
    ),
    "consultations.dispute": Deed("leader", "consultation", "adraft reported", {"reason": "Dwie godziny"}),
    "consultations.decide": Deed(
        "office",
        "consultation",
        "adraft disputed",
        {"outcome": "corrected", "minutes": "20", "note": "Obie strony tak mówią"},
    ),
    "consultations.add_step": Deed("leader", "consultation", "adraft reported", STEP),
    "consultations.tick": Deed("leader", "follow up", "adraft", {"done": "y", "listed": []}),
    "hours.decide": Deed("office", "overrun", "anew", {"decision": "transferred", "note": "Z puli spotkań"}),
    "hours.change": Deed(
        "office",
        "partnership",
        "bdraft",
        {"pot": "visit", "change": "add", "minutes": "1:30", "reason": "Dojazd zimą"},
    ),
    "phrases.add": Deed(
        "office",
        fields={
            "kind": "remark",
            "title": "Źródło",
            "text": "Proszę dopisać źródło",
            "place": "needs",
            "shared": "y",
        },
    ),
    "phrases.change": Deed(
        "animator",
        "phrase",
        "aphrase",
        {"kind": "report", "title": "Początek", "text": "Omówiono plan", "place": ""},
    ),
    "phrases.put_away": Deed("animator", "phrase", "aphrase"),
    "phrases.bring_back": Deed("animator", "phrase", "aphrase away"),
    "cards.begin": Deed("animator", fields={"month": "2026-04"}),
    "cards.add_line": Deed("animator", "card", "aopen", {**JOURNEY, "entry_key": "a" * 32}),
    "cards.change_line": Deed("animator", "card line", "aopen", {**JOURNEY, "entry_key": "b" * 32}),
    "cards.remove_line": Deed("animator", "card line", "aopen"),
    "cards.submit": Deed("animator", "card", "aopen", lambda world: {"seen": world.seen["aopen card"]}),
    "cards.take_back": Deed("animator", "card", "asubmitted"),
    "cards.check": Deed("office", "card", "asubmitted"),
    "cards.send_back": Deed("office", "card", "asubmitted", {"reason": "Brakuje dojazdu"}),
    "cards.lock": Deed("office", "card", "achecked"),
    "cards.remind": Deed("office", fields={"month": "2026-03"}),
}
