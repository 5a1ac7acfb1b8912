"""What a card says: its lines, and what they add up to. The same for an open card, a submitted one and every file of it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from animators.cards.models import Work
from programme.settings import ProgrammeSettings

GROSZ = Decimal("0.01")
PER_PIECE = frozenset({Work.REVIEW})
"""Paid by number: nobody measures how long a review takes."""


@dataclass(frozen=True)
class Line:
    key: str
    """Of the record it comes from; of an entered line its own id."""
    day: date
    work: Work
    about: str
    minutes: int = 0
    count: int = 0
    km: int = 0
    over_budget: int = 0
    is_correction: bool = False
    """The difference to what an earlier, submitted card holds."""


@dataclass(frozen=True)
class Rates:
    """In grosze: for an hour of each kind of work, for one review, for a kilometre. 0: no amounts are shown."""

    of: Mapping[Work, int]
    km: int

    @classmethod
    def of_programme(cls, settings: ProgrammeSettings) -> "Rates":
        named = {work: getattr(settings, f"card_rate_{work.value}") for work in Work}
        return cls(named, settings.card_rate_km)

    @property
    def are_set(self) -> bool:
        return bool(self.km or any(self.of.values()))


@dataclass(frozen=True)
class Total:
    work: Work
    minutes: int
    count: int
    km: int
    amount: Decimal
    entries: int
    """How many lines it is made of."""


@dataclass(frozen=True)
class Content:
    lines: Sequence[Line]
    rates: Rates

    @property
    def totals(self) -> list[Total]:
        """One for each kind of work there is, in their order. Rounded once for each, so that they add up."""
        return [
            total
            for work in Work
            if (total := self._total(work)).minutes or total.count or total.km or total.amount
        ]

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)

    @property
    def km(self) -> int:
        return sum(line.km for line in self.lines)

    @property
    def amount(self) -> Decimal:
        return sum((total.amount for total in self.totals), Decimal("0.00"))

    def _total(self, work: Work) -> Total:
        mine = [line for line in self.lines if line.work is work]
        minutes, count, km = (
            sum(getattr(line, name) for line in mine) for name in ("minutes", "count", "km")
        )
        return Total(work, minutes, count, km, self._amount(work, minutes, count, km), len(mine))

    def _amount(self, work: Work, minutes: int, count: int, km: int) -> Decimal:
        rate = Decimal(self.rates.of[work])
        grosze = rate * count if work in PER_PIECE else rate * minutes / 60
        grosze += Decimal(self.rates.km) * km
        return (grosze / 100).quantize(GROSZ, ROUND_HALF_UP)


def frozen(content: Content) -> dict[str, Any]:
    """As it is kept with a submitted card."""
    return {
        "lines": [
            {**asdict(line), "day": line.day.isoformat(), "work": line.work.value} for line in content.lines
        ],
        "rates": {"km": content.rates.km, **{work.value: rate for work, rate in content.rates.of.items()}},
    }


def thawed(kept: Mapping[str, Any]) -> Content:
    lines = [
        Line(**{**line, "day": date.fromisoformat(line["day"]), "work": Work(line["work"])})
        for line in kept["lines"]
    ]
    rates = {work: kept["rates"].get(work.value, 0) for work in Work}
    return Content(lines, Rates(rates, kept["rates"]["km"]))


def fingerprint(kept: Mapping[str, Any]) -> str:
    """Of a content as it is kept: the same words and figures give the same one, on every database."""
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Day by day; corrections of earlier months first."""
    return sorted(
        lines, key=lambda line: (not line.is_correction, line.day, list(Work).index(line.work), line.key)
    )
