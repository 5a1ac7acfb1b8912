"""Attendance and certificates, each deed once as it works."""

from collections.abc import Mapping
from typing import Any

from tests.guards.matrix.attendance_kept import CERTIFICATE, REPORT_FILE, SEAT
from tests.guards.matrix.deed import Deed
from tests.guards.matrix.people import VISITOR
from tests.guards.matrix.world import World
from tests.support.forms import Upload


def _tick(world: World) -> dict[str, Any]:
    return {"seats": [world.seen[SEAT]]}


def _paper(world: World) -> dict[str, Any]:
    number, held_on = world.seen[CERTIFICATE].split()
    return {"number": number, "held_on": held_on}


DEEDS_OF_ATTENDANCE: Mapping[str, Deed] = {
    "attendance.tick": Deed("office", "attended webinar", "attended", _tick),
    "attendance.count": Deed("office", "attended webinar", "attended", {"place": "", "people": "12"}),
    "attendance.read": Deed(
        "office", "attended webinar", "attended", {"file": Upload(REPORT_FILE, "report.csv", "text/csv")}
    ),
    "attendance.remove": Deed("office", "attendance", "leader's"),
    "attendance.save": Deed("office", "attendance report", "draft"),
    "attendance.rest": Deed("office", "attendance report", "draft"),
    "attendance.discard": Deed("office", "attendance report", "draft"),
    "attendance.settle": Deed(
        "office", "attendance line", "open", {"who": "other", "email": "", "place": ""}
    ),
    "certificates.revoke": Deed("office", "certificate", "leader's", {"reason": "Pomyłka"}),
    "public.certificate_check": Deed(VISITOR, fields=_paper, names={"lang": "pl"}),
}
