"""What happens to offers by itself: they go out of date, the office is reminded, addresses are forgotten."""

from collections.abc import Iterator, Sequence

from accounts.queries import office_people
from core import clock
from core.database import db
from core.reminders import Reminder, remind
from knowledge import queries, services
from knowledge.models import CatalogueItem, OfferState

MOST_NAMED = 10


def go_out_of_date() -> str:
    outdated = services.outdate_unchecked()
    db.session.commit()
    return f"{outdated} out of date"


def remind_office() -> str:
    """Of what is to be checked once a month; of suggestions once for each batch of new ones."""
    return remind([*_to_check(), *_suggested()])


def forget_contacts() -> str:
    forgotten = services.forget_contacts()
    db.session.commit()
    return f"{forgotten} forgotten"


def _to_check() -> Iterator[Reminder]:
    due, outdated = queries.to_check(), queries.count_by_state()[OfferState.OUTDATED]
    if not due:
        return
    for person in office_people():
        key = f"offers-to-check:{clock.today():%Y-%m}:{person.id}"
        yield Reminder(person, "knowledge/mail/to_check", key, {**_named(due), "outdated": outdated})


def _suggested() -> Iterator[Reminder]:
    waiting = queries.waiting_suggestions()
    for person in office_people() if waiting else ():
        yield Reminder(
            person,
            "knowledge/mail/suggested",
            f"offers-suggested:{waiting[0].id}:{person.id}",
            _named(waiting),
        )


def _named(offers: Sequence[CatalogueItem]) -> dict[str, object]:
    return {"offers": offers[:MOST_NAMED], "count": len(offers)}
