"""Who may open what of webinars: everybody what is announced, the office the rest."""

from collections.abc import Mapping

from tests.guards.matrix.access_of_attendance import ACCESS_OF_ATTENDANCE
from tests.guards.matrix.access_of_recordings import ACCESS_OF_RECORDINGS
from tests.guards.matrix.access_of_seats import ACCESS_OF_SEATS
from tests.guards.matrix.access_rules import ANY_PERSON, ANYBODY, SIGNED_IN, Access, on, page
from tests.guards.matrix.people import OFFICE

ANNOUNCED, SERIES, DRAFT = on("webinar", OFFICE), on("webinar series", OFFICE), on("webinar draft", OFFICE)

ACCESS_OF_WEBINARS: Mapping[str, Access] = {
    **ACCESS_OF_RECORDINGS,
    **ACCESS_OF_SEATS,
    **ACCESS_OF_ATTENDANCE,
    "public.webinars": ANYBODY,
    "public.webinar": ANYBODY,
    "public.webinar_series": ANYBODY,
    "public.webinar_calendar": ANYBODY,
    "public.webinars_calendar": ANYBODY,
    "public.webinar_series_calendar": ANYBODY,
    "public.webinars_feed": ANYBODY,
    "public.webinar_series_feed": ANYBODY,
    "webinars.material": ANYBODY,
    "webinars.index": ANY_PERSON,
    "webinars.past": ANY_PERSON,
    "webinars.show": Access(SIGNED_IN, "webinar"),
    "webinars.figures": page(OFFICE),
    "webinars.write": page(OFFICE),
    "webinars.edit": ANNOUNCED,
    "webinars.copy": ANNOUNCED,
    "webinars.withdraw": ANNOUNCED,
    "webinars.materials": ANNOUNCED,
    "webinars.remove_material": on("webinar material", OFFICE),
    "webinars.announce": DRAFT,
    "webinars.discard": DRAFT,
    "webinars.all_series": page(OFFICE),
    "webinars.new_series": page(OFFICE),
    "webinars.series": SERIES,
    "webinars.order": on("webinar in series", OFFICE),
    "webinars.end": SERIES,
    "webinars.reopen": SERIES,
}
