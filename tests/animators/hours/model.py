"""The rules of the ledger once more, in plain Python and without a database: what the real one is compared with."""

from dataclasses import dataclass, field

from animators.hours.balances import Balance
from animators.hours.models import Pot


@dataclass
class PlainConsultation:
    pot: Pot
    entered: int = 0
    refused: int = 0


@dataclass
class PlainLedger:
    """Minutes by pot; who waits for the office, in the order they asked."""

    granted: dict[Pot, int] = field(default_factory=lambda: dict.fromkeys(Pot, 480))
    consultations: dict[int, PlainConsultation] = field(default_factory=dict)
    waiting: list[tuple[int, int]] = field(default_factory=list)
    """Consultation and minutes."""

    def balance(self, pot: Pot) -> Balance:
        return Balance(self.granted[pot], self._used(pot), sum(minutes for _key, minutes in self._queue(pot)))

    def apart(self, key: int) -> int:
        return self.consultations[key].refused + self.pending(key)

    def lasted(self, key: int) -> int:
        return self.consultations[key].entered + self.apart(key)

    def pending(self, key: int) -> int:
        return sum(minutes for one, minutes in self.waiting if one == key)

    def take(self, key: int, pot: Pot, minutes: int) -> None:
        one = self.consultations.setdefault(key, PlainConsultation(pot))
        within = min(minutes, self.balance(pot).free)
        one.entered += within
        if minutes > within:
            self._wait(key, self.pending(key) + minutes - within)

    def give_back(self, key: int, minutes: int) -> None:
        one = self.consultations[key]
        from_waiting = min(minutes, self.pending(key))
        if from_waiting:
            self._wait(key, self.pending(key) - from_waiting)
        from_refused = min(minutes - from_waiting, one.refused)
        one.refused -= from_refused
        one.entered -= minutes - from_waiting - from_refused
        self._let_in(one.pot)

    def grant(self, key: int) -> None:
        one, minutes = self.consultations[key], self.pending(key)
        self.granted[one.pot] += minutes
        one.entered += minutes
        self._wait(key, 0)

    def refuse(self, key: int) -> None:
        self.consultations[key].refused += self.pending(key)
        self._wait(key, 0)

    def transfer(self, key: int, other: Pot) -> bool:
        if self.balance(other).free < self.pending(key):
            return False
        self.granted[other] -= self.pending(key)
        self.grant(key)
        return True

    def adjust(self, pot: Pot, minutes: int) -> bool:
        if self.balance(pot).free + minutes < 0:
            return False
        self.granted[pot] += minutes
        self._let_in(pot)
        return True

    def _used(self, pot: Pot) -> int:
        return sum(one.entered for one in self.consultations.values() if one.pot is pot)

    def _queue(self, pot: Pot) -> list[tuple[int, int]]:
        return [(key, minutes) for key, minutes in self.waiting if self.consultations[key].pot is pot]

    def _wait(self, key: int, minutes: int) -> None:
        """Whoever waits keeps their place."""
        if self.pending(key) and minutes:
            self.waiting = [(one, minutes if one == key else most) for one, most in self.waiting]
        else:
            self.waiting = [(one, most) for one, most in self.waiting if one != key]
            self.waiting += [(key, minutes)] if minutes else []

    def _let_in(self, pot: Pot) -> None:
        for key, minutes in self._queue(pot):
            enters = min(minutes, self.balance(pot).free)
            self.consultations[key].entered += enters
            if enters:
                self._wait(key, minutes - enters)
