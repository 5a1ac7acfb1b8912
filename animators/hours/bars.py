"""Balances as people see them: one bar for each pot, with its figures in words."""

from collections.abc import Collection
from dataclasses import dataclass

from animators.hours.balances import Balance, balances_with_usual
from animators.hours.forecasts import Level
from animators.hours.models import Pot
from core.formatting import hours
from core.i18n import _
from core.labels import Tone
from programme.queries import the_programme


@dataclass(frozen=True)
class Bar:
    pot: Pot
    balance: Balance
    near: int
    """From how many percent on little is left."""

    @property
    def level(self) -> Level:
        if self.balance.pending:
            return Level.OVER
        if self.balance.free <= 0:
            return Level.FULL
        return Level.NEAR if self.balance.percent >= self.near else Level.CALM

    @property
    def tone(self) -> Tone | str:
        return "accent" if self.level is Level.CALM else self.level.tone

    @property
    def left_text(self) -> str:
        return _(
            "%(free)s of %(granted)s left", free=hours(self.balance.free), granted=hours(self.balance.granted)
        )

    @property
    def is_low(self) -> bool:
        """Worth a word where many are listed."""
        return self.level is not Level.CALM


def bars_of(municipality_id: int) -> list[Bar]:
    return bars_of_many([municipality_id])[municipality_id]


def bars_of_many(municipality_ids: Collection[int]) -> dict[int, list[Bar]]:
    """Every pot of all of them, in one query."""
    balances, near = balances_with_usual(municipality_ids), near_percent()
    return {place: [Bar(pot, balances[place, pot], near) for pot in Pot] for place in municipality_ids}


def near_percent() -> int:
    """Where the first warning comes."""
    return min(the_programme().settings.budget_warn_percent)
