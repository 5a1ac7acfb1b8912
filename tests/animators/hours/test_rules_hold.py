"""Whatever happens to the hours, in whatever order: the rules of the ledger hold."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from accounts.models import User
from animators.consultations.models import Channel, Consultation
from animators.hours import deciding
from animators.hours.balances import Balance, balances_with_usual
from animators.hours.errors import NotEnoughThere
from animators.hours.ledger import book, correct, entered, request_of, take_back
from animators.hours.models import BudgetAdjustment, Decision, HourBudget, LedgerEntry, Pot
from core.database import db
from municipalities.models import Municipality
from tests.animators.hours.entries import consultation
from tests.animators.hours.model import PlainLedger
from tests.make import Make

MINUTES = st.integers(1, 300)
CHANNELS = {Pot.REMOTE: Channel.PHONE, Pot.VISIT: Channel.VISIT}


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


# --- Any order ---------------------------------------------------------------------------------------------

STORIES = st.lists(st.tuples(MINUTES, st.lists(st.none() | MINUTES, max_size=2)), min_size=1, max_size=7)
"""Of each consultation how long it lasted, and what it was corrected to; None: it is void."""


def shuffled(
    stories: Sequence[tuple[int, list[int | None]]], more: Sequence[int], chance: Random
) -> list[int]:
    """Which story goes on next, until all are told; below none: the office gives ``more`` of that number."""
    turns = [number for number, (_first, then) in enumerate(stories) for _step in range(1 + len(then))]
    turns += [-1 - number for number in range(len(more))]
    chance.shuffle(turns)
    return turns


def told(
    place: Municipality,
    stories: Sequence[tuple[int, list[int | None]]],
    more: Sequence[int],
    turns: Sequence[int],
    office: User,
) -> dict[Pot, Balance]:
    at: dict[int, int] = defaultdict(int)
    made: dict[int, Consultation] = {}
    void: set[int] = set()
    for number in turns:
        if number < 0:
            deciding.adjust_pot(place, Pot.REMOTE, more[-1 - number], "More", actor=office)
        elif number not in made:
            made[number] = consultation(place, stories[number][0])
            book(made[number], reason="Long", actor=None)
        elif number not in void:
            _go_on(made[number], stories[number][1][at[number]])
            void |= {number} if stories[number][1][at[number]] is None else set()
            at[number] += 1
    balances = balances_with_usual([place.id])
    return {pot: balances[place.id, pot] for pot in Pot}


def _go_on(one: Consultation, minutes: int | None) -> None:
    if minutes is None:
        take_back(one, reason="Void", actor=None)
    else:
        correct(one, minutes, reason="Corrected", actor=None)


def lasted_in_the_end(first: int, then: Sequence[int | None]) -> int:
    if None in then:
        return 0
    return [first, *(minutes for minutes in then if minutes is not None)][-1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    stories=STORIES, more=st.lists(st.integers(1, 200), max_size=2), chance=st.randoms(use_true_random=False)
)
def test_the_balance_is_the_same_from_any_order_of_events(make, stories, more, chance):
    office = make.office()

    found = [
        told(make.municipality(), stories, more, shuffled(stories, more, chance), office) for _ in range(2)
    ]

    granted, wanted = 480 + sum(more), sum(lasted_in_the_end(*story) for story in stories)
    used = min(granted, wanted)
    expected = {Pot.REMOTE: Balance(granted, used, wanted - used), Pot.VISIT: Balance(480, 0)}
    assert found == [expected, expected]


# --- Anything that may happen --------------------------------------------------------------------------------


class Life(RuleBasedStateMachine):
    """One municipality beside a plain model of it."""

    make: Make

    open_ones = Bundle("open_ones")

    def __init__(self) -> None:
        super().__init__()
        self.place = self.make.municipality()
        self.office = self.make.office()
        self.plain = PlainLedger()
        self.kept: list[Consultation] = []

    @rule(target=open_ones, pot=st.sampled_from(Pot), minutes=MINUTES)
    def books(self, pot: Pot, minutes: int) -> int:
        one = consultation(self.place, minutes, channel=CHANNELS[pot])
        self.kept.append(one)
        book(one, reason="Long", actor=None)
        self.plain.take(one.id, pot, minutes)
        return len(self.kept) - 1

    @rule(number=open_ones, minutes=MINUTES)
    def corrects(self, number: int, minutes: int) -> None:
        one = self.kept[number]
        difference = minutes - self.plain.lasted(one.id)
        correct(one, minutes, reason="Corrected", actor=None)
        if difference > 0:
            self.plain.take(one.id, one.channel.pot, difference)
        elif difference < 0:
            self.plain.give_back(one.id, -difference)

    @rule(number=consumes(open_ones))
    def takes_back(self, number: int) -> None:
        one = self.kept[number]
        take_back(one, reason="Void", actor=None)
        self.plain.give_back(one.id, self.plain.lasted(one.id))

    @rule(number=open_ones)
    def grants(self, number: int) -> None:
        self._decides(number, lambda request: deciding.grant(request, actor=self.office), self.plain.grant)

    @rule(number=open_ones)
    def refuses(self, number: int) -> None:
        self._decides(
            number, lambda request: deciding.refuse(request, note="No", actor=self.office), self.plain.refuse
        )

    @rule(number=open_ones)
    def transfers(self, number: int) -> None:
        one = self.kept[number]
        request = request_of(one)
        if request is None:
            return
        may = self.plain.transfer(one.id, deciding.other_pot(one.channel.pot))
        try:
            deciding.transfer(request, actor=self.office)
        except NotEnoughThere:
            assert not may
        else:
            assert may

    @rule(pot=st.sampled_from(Pot), minutes=st.integers(-200, 200).filter(bool))
    def adjusts(self, pot: Pot, minutes: int) -> None:
        may = self.plain.adjust(pot, minutes)
        try:
            deciding.adjust_pot(self.place, pot, minutes, "Changed", actor=self.office)
        except NotEnoughThere:
            assert not may
        else:
            assert may

    def _decides(
        self,
        number: int,
        decide: Callable[[BudgetAdjustment], None],
        plainly: Callable[[int], None],
    ) -> None:
        request = request_of(self.kept[number])
        assert (request is None) == (self.plain.pending(self.kept[number].id) == 0)
        if request is not None:
            decide(request)
            plainly(self.kept[number].id)

    @invariant()
    def is_as_the_model_says(self) -> None:
        balances = balances_with_usual([self.place.id])
        assert {pot: balances[self.place.id, pot] for pot in Pot} == {
            pot: self.plain.balance(pot) for pot in Pot
        }

    @invariant()
    def never_falls_below_zero_and_nobody_waits_where_there_is_room(self) -> None:
        for balance in balances_with_usual([self.place.id]).values():
            assert balance.free >= 0
            assert not (balance.free and balance.pending)

    @invariant()
    def every_minute_is_accounted_for(self) -> None:
        db.session.flush()
        for one in self.kept:
            assert one.over_budget_minutes == self.plain.apart(one.id)
            assert entered(one) == self.plain.consultations[one.id].entered
            request = request_of(one)
            assert (request.minutes if request else 0) == self.plain.pending(one.id)

    @invariant()
    def pairs_are_of_one_size(self) -> None:
        moved = select(func.coalesce(func.sum(BudgetAdjustment.minutes), 0)).join(BudgetAdjustment.budget)
        mine = moved.where(HourBudget.municipality_id == self.place.id)
        assert db.session.scalar(mine.where(BudgetAdjustment.decision == Decision.TRANSFERRED)) == 0


def test_whatever_happens_the_ledger_is_as_a_plain_model_says(make):
    class Here(Life):
        pass

    Here.make = make
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert db.session.scalar(select(func.count()).select_from(LedgerEntry))
