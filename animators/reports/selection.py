"""What the office chose to look at: read from the address, put into conditions, written back into links."""

from dataclasses import dataclass, replace
from typing import Any

from flask import request
from sqlalchemy import ColumnElement, and_, true

from animators.consultations.models import Channel, Consultation
from animators.hours.models import HourBudget, LedgerEntry, Pot
from animators.reports.periods import Month, Step, month_asked
from core.paging import asked_id
from municipalities.models import Municipality


@dataclass(frozen=True)
class Selection:
    first: Month | None = None
    last: Month | None = None
    by: Step | None = None
    voivodeship_id: int | None = None
    animator_id: int | None = None
    """Who gave the advice."""
    advised_id: int | None = None
    """Who advises the municipality today: asked for where municipalities are listed, and only there."""
    pot: Pot | None = None
    municipality_id: int | None = None

    @classmethod
    def asked(cls) -> "Selection":
        """From the address; anything that makes no sense filters nothing, and a period that runs back is turned round."""
        asked = request.args
        first, last = month_asked(asked.get("since", "")), month_asked(asked.get("until", ""), last=True)
        if first and last and first > last:
            first, last = last, first
        return cls(
            first=first,
            last=last,
            by=_member(Step, asked.get("by", "")),
            voivodeship_id=asked_id("voivodeship"),
            animator_id=asked_id("animator"),
            advised_id=asked_id("advised"),
            pot=_member(Pot, asked.get("pot", "")),
            municipality_id=asked_id("municipality"),
        )

    @property
    def is_empty(self) -> bool:
        return self == Selection(by=self.by)

    @property
    def has_period(self) -> bool:
        return self.first is not None or self.last is not None

    def questions(self, **changes: Any) -> dict[str, Any]:
        """As an address asks for it, with some of it changed; ``None`` takes one away."""
        values = {
            "since": self.first.code if self.first else None,
            "until": self.last.code if self.last else None,
            "by": self.by,
            "voivodeship": self.voivodeship_id,
            "animator": self.animator_id,
            "advised": self.advised_id,
            "pot": self.pot,
            "municipality": self.municipality_id,
        } | changes
        return {name: str(value) for name, value in values.items() if value is not None}

    # --- As conditions; queries name the tables that they need ---------------------------------------------

    def moments(self, when: Any) -> ColumnElement[bool]:
        """The moment lies in the period, by the clock of the programme's country."""
        asked = []
        if self.first:
            asked.append(when >= self.first.begins_at)
        if self.last:
            asked.append(when < self.last.plus(1).begins_at)
        return and_(true(), *asked)

    def days(self, day: Any) -> ColumnElement[bool]:
        asked = []
        if self.first:
            asked.append(day >= self.first.first_day)
        if self.last:
            asked.append(day <= self.last.last_day)
        return and_(true(), *asked)

    def places(self) -> ColumnElement[bool]:
        """Of ``Municipality``."""
        asked = []
        if self.voivodeship_id is not None:
            asked.append(Municipality.voivodeship_id == self.voivodeship_id)
        if self.municipality_id is not None:
            asked.append(Municipality.id == self.municipality_id)
        return and_(true(), *asked)

    def consultations(self) -> ColumnElement[bool]:
        """Of ``Consultation`` and its ``Municipality``, without the period."""
        asked = [self.places()]
        if self.animator_id is not None:
            asked.append(Consultation.animator_id == self.animator_id)
        if self.pot is not None:
            asked.append((Consultation.channel == Channel.VISIT) == (self.pot is Pot.VISIT))
        return and_(*asked)

    def entries(self) -> ColumnElement[bool]:
        """Of ``LedgerEntry``, its ``HourBudget`` and ``Municipality``, and its ``Consultation`` if it has one."""
        asked = [self.places(), self.days(LedgerEntry.day)]
        if self.animator_id is not None:
            asked.append(Consultation.animator_id == self.animator_id)
        if self.pot is not None:
            asked.append(HourBudget.pot == self.pot)
        return and_(*asked)

    def without(self, *names: str) -> "Selection":
        return replace(self, **dict.fromkeys(names))


def _member(enum: Any, text: str) -> Any:
    return enum(text) if text in set(enum) else None
