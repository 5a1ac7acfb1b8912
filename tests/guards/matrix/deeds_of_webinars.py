"""What the office does with webinars, each deed once as it works."""

from collections.abc import Mapping

from tests.guards.matrix.deed import Deed
from tests.guards.matrix.deeds_of_attendance import DEEDS_OF_ATTENDANCE
from tests.guards.matrix.deeds_of_recordings import DEEDS_OF_RECORDINGS
from tests.guards.matrix.deeds_of_seats import DEEDS_OF_SEATS

CONTENT = {
    "title": "Bezpieczne hasła", "series_id": "", "day": "2026-06-10", "time": "17:00", "minutes": "60",
    "abstract": "O hasłach.", "presenters": "Ewa Żak", "co_organisers": "Biblioteka", "form": "online", "place": "",
    "join_link": "https://rooms.example/new", "capacity": "30", "is_outside": "", "outside_link": "",
    "explains": ["plan.needs"],
}  # fmt: skip
SERIES = {
    "name": "Cyfrowa gmina", "description": "O gminie", "position": "2", "min_minutes": "30", "recording_counts": "",
    "introduction_id": "",
}  # fmt: skip

DEEDS_OF_WEBINARS: Mapping[str, Deed] = {
    **DEEDS_OF_RECORDINGS,
    **DEEDS_OF_SEATS,
    **DEEDS_OF_ATTENDANCE,
    "webinars.write": Deed("office", fields=CONTENT),
    "webinars.edit": Deed("office", "webinar", "announced", CONTENT),
    "webinars.announce": Deed("office", "webinar draft", "draft", {"short_notice_reason": ""}),
    "webinars.copy": Deed("office", "webinar", "announced"),
    "webinars.discard": Deed("office", "webinar draft", "draft"),
    "webinars.withdraw": Deed("office", "webinar", "outside"),
    "webinars.materials": Deed(
        "office", "webinar", "announced", {"title": "Do poczytania", "link": "https://reading.example/"}
    ),
    "webinars.remove_material": Deed("office", "webinar material", "announced"),
    "webinars.new_series": Deed("office", fields=SERIES),
    "webinars.series": Deed("office", "webinar series", "series", SERIES),
    "webinars.order": Deed("office", "webinar in series", "first", names={"where": "later"}),
    "webinars.end": Deed("office", "webinar series", "idle"),
    "webinars.reopen": Deed("office", "webinar series", "ended"),
}
