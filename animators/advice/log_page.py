"""What stands in the form that logs a talk: the likely answers first, so that most of it is there already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from animators.advice.forms import LogForm
from animators.advice.queries import LOOKED_BACK, Advised, advised_lately, latest_entries
from animators.consultations.models import Consultation, ConsultationStatus
from animators.hours.balances import Balance, balances_with_usual
from animators.hours.forecasts import Forecast, forecast
from animators.hours.models import Pot
from core import clock
from core.formatting import day as day_text
from core.i18n import _

AT_HAND = 5
"""Municipalities that are one tap away; the others stand in a list."""


@dataclass(frozen=True)
class NearPlace:
    """One of those at hand, with what its pot still holds."""

    id: int
    name: str
    note: str
    balance: Balance

    @property
    def is_empty(self) -> bool:
        return self.balance.free <= 0


@dataclass(frozen=True)
class LogPage:
    at_hand: Sequence[NearPlace]
    more: int
    """How many stand in the list."""


@dataclass(frozen=True)
class Before:
    """What they logged last."""

    entries: Sequence[Consultation]

    @property
    def last(self) -> Consultation | None:
        return next((one for one in self.entries if one.status is not ConsultationStatus.VOID), None)

    @property
    def topics(self) -> list[str]:
        """Used last first, each once."""
        return list(dict.fromkeys(code for one in self.entries for code in one.topics))


def entries_before(animator: User) -> Before:
    return Before(latest_entries(animator, limit=LOOKED_BACK))


def prepare_log_page(form: LogForm, animator: User, *, on: date, before: Before) -> LogPage:
    """Fill in what the form offers. The municipality chosen already is always at hand."""
    places = _places(animator, on)
    chosen = form.place_id
    at_hand = sorted(places, key=lambda one: one.municipality.id != chosen)[:AT_HAND]
    at_hand.sort(key=places.index)
    near = {str(one.municipality.id) for one in at_hand}
    if chosen is None and at_hand:
        form.municipality.data = str(at_hand[0].municipality.id)
    if form.other.data in near:
        form.municipality.data, form.other.data = form.other.data, ""
    rest = [one for one in places if str(one.municipality.id) not in near]
    rest.sort(key=lambda one: one.municipality.sort_key)
    form.other.choices = [
        ("", _("Choose from the list")),
        *((str(one.municipality.id), _named(one)) for one in rest),
    ]
    balances = balances_with_usual([one.municipality.id for one in at_hand])
    return LogPage(
        [
            NearPlace(
                one.municipality.id,
                one.municipality.name,
                _note(one),
                balances[one.municipality.id, Pot.REMOTE],
            )
            for one in at_hand
        ],
        len(rest),
    )


def _places(animator: User, on: date) -> list[Advised]:
    """Of the day that was typed, and of today where that is another one: a slip in the day loses no choice."""
    of_today = advised_lately(animator, clock.today())
    then = advised_lately(animator, on) if on != clock.today() else of_today
    known = {one.municipality.id for one in then}
    return [*then, *(one for one in of_today if one.municipality.id not in known)]


def expected_for(animator: User, municipality_id: int | None, minutes: int | None) -> Forecast | None:
    """What the pot will hold with these minutes. Of a municipality that is not theirs nothing is said here."""
    advised = {one.municipality.id: one.municipality for one in advised_lately(animator, clock.today())}
    if municipality_id not in advised or not minutes or minutes <= 0:
        return None
    return forecast(advised[municipality_id], Pot.REMOTE, minutes)


def _note(place: Advised) -> str:
    if place.until is not None:
        return _("advised until %(day)s", day=day_text(place.until))
    return _("%(name)s covers today", name=place.covered_by.name) if place.covered_by else ""


def _named(place: Advised) -> str:
    note = _note(place)
    return f"{place.municipality.name} ({note})" if note else place.municipality.name
