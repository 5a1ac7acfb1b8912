"""Registering for webinars and what the office does with registrations, each deed once as it works."""

from collections.abc import Mapping
from typing import Any

from tests.guards.matrix.deed import Deed
from tests.guards.matrix.people import VISITOR
from tests.guards.matrix.seats_kept import MOVED, OPT_IN, OWN
from tests.guards.matrix.world import World

NEEDS = {"needs": ["live_captions"], "note": ""}
GUEST = {"name": "Ewa Lis", "email": "ewa@guests.example", "place": "", "municipality": "", **NEEDS}


def _by(key: str) -> Any:
    return lambda world: {"token": world.seen[key], "lang": "pl"}


def _seated(world: World) -> dict[str, Any]:
    return {**world.record("seated webinar", "seated").values, "lang": "pl"}


DEEDS_OF_SEATS: Mapping[str, Deed] = {
    "public.register_for_webinar": Deed(VISITOR, fields=GUEST, names=_seated),
    "public.confirm_registration": Deed(VISITOR, names=_by(OPT_IN)),
    "public.seat": Deed(VISITOR, fields=NEEDS, names=_by(OWN)),
    "public.cancel_seat": Deed(VISITOR, names=_by(OWN)),
    "public.confirm_time": Deed(VISITOR, names=_by(MOVED)),
    "seats.register": Deed("deputy", "seated webinar", "seated"),
    "seats.cancel": Deed("leader", "seated webinar", "seated"),
    "seats.confirm": Deed("leader", "seated webinar", "moved"),
    "seats.needs": Deed("leader", "seated webinar", "seated", NEEDS),
    "seats.add": Deed("office", "office's webinar", "seated", GUEST),
    "seats.strike": Deed("office", "webinar seat", "kept"),
    "seats.tick": Deed("office", "office's webinar", "seated", names={"need": "other"}),
    "seats.move": Deed(
        "office",
        "office's webinar",
        "seated",
        {
            "day": "2026-06-24",
            "time": "17:00",
            "minutes": "60",
            "confirm_by": "2026-06-20",
            "short_notice_reason": "Powódź",
        },
    ),
    "seats.call_off": Deed("office", "office's webinar", "seated", {"reason": "Powódź"}),
}
