"""Who may open what of attendance: the office the lists, everybody their own certificates."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import ANY_PERSON, ANYBODY, Access, on
from tests.guards.matrix.people import LEADER, OFFICE

CAME, REPORT = on("attended webinar", OFFICE), on("attendance report", OFFICE)

ACCESS_OF_ATTENDANCE: Mapping[str, Access] = {
    "attendance.of_webinar": CAME,
    "attendance.tick": CAME,
    "attendance.count": CAME,
    "attendance.read": CAME,
    "attendance.remove": on("attendance", OFFICE),
    "attendance.report": REPORT,
    "attendance.save": REPORT,
    "attendance.rest": REPORT,
    "attendance.discard": REPORT,
    "attendance.settle": on("attendance line", OFFICE),
    "certificates.mine": ANY_PERSON,
    "certificates.document": on("certificate", LEADER, OFFICE),
    "certificates.revoke": on("certificate", OFFICE),
    "public.certificate_check": ANYBODY,
    "public.certificate": ANYBODY,
    "public.guest_certificate": ANYBODY,
    "public.guest_certificate_file": ANYBODY,
}
