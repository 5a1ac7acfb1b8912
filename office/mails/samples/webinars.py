"""Webinars: seats, moves and reminders."""

from typing import Any

from core.formatting import moment
from core.mail_samples import Samples
from office.mails.samples.people import OFFICE, Thing, at, link

NAMES = (
    "called_off", "changed", "confirmed", "given_up", "in_an_hour", "is_registered", "lost", "moved", "moved_up", "opt_in",
    "registered", "to_confirm", "tomorrow", "waiting",
)  # fmt: skip


def _seat() -> dict[str, Any]:
    webinar = Thing(
        id=1,
        title="Jak pytać seniorów, czego potrzebują",
        join_link=link("pokoj"),
        form=Thing(is_online=True),
    )
    return {
        "webinar": webinar, "seat": Thing(holds_seat=True, mail_language="pl"), "actor": OFFICE, "time": moment(at(9)),
        "old": moment(at(7)), "where": "online", "own_page": link("moje"), "cancel": link("do/xxxx"), "confirm": link("do/yyyy"),
        "confirm_by": at(5), "reason": "Choroba prowadzącej", "fields": {"join_link"}, "had_seat": True, "line": 3,
        "link": link("do/zzzz"), "has_account": False, "reminds": True,
    }  # fmt: skip


def _owed() -> dict[str, Any]:
    webinar = Thing(id=1, title="Jak pytać seniorów, czego potrzebują")
    recording = Thing(webinar=webinar, webinar_id=1)
    return {"recording": recording, "is_overdue": True, "last_day": at(-3).date()}


def _dead_links() -> dict[str, Any]:
    place = Thing(
        title="Jak pytać seniorów, czego potrzebują", endpoint="webinars.show", page={"webinar_id": 1}
    )
    return {"links": [{"url": "https://filmy.gromada.example/film", "why": "404", "at": [place]}]}


SAMPLES: Samples = {
    **{f"webinars/registrations/mail/{name}": _seat for name in NAMES},
    "webinars/recordings/mail/owed": _owed,
    "webinars/recordings/mail/dead_links": _dead_links,
}
