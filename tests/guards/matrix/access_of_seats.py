"""Who may open what of registering: everybody for themselves, the office the list."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import ANYBODY, SIGNED_IN, Access, on
from tests.guards.matrix.people import OFFICE

OWN, LIST = Access(SIGNED_IN, "seated webinar"), on("office's webinar", OFFICE)

ACCESS_OF_SEATS: Mapping[str, Access] = {
    "public.register_for_webinar": ANYBODY,
    "public.registration_sent": ANYBODY,
    "public.confirm_registration": ANYBODY,
    "public.seat": ANYBODY,
    "public.cancel_seat": ANYBODY,
    "public.confirm_time": ANYBODY,
    "public.seat_calendar": ANYBODY,
    "seats.show": OWN,
    "seats.register": OWN,
    "seats.cancel": OWN,
    "seats.confirm": OWN,
    "seats.needs": OWN,
    "seats.calendar": OWN,
    "seats.of_webinar": LIST,
    "seats.workbook": LIST,
    "seats.add": LIST,
    "seats.tick": LIST,
    "seats.move": LIST,
    "seats.call_off": LIST,
    "seats.strike": on("webinar seat", OFFICE),
}
