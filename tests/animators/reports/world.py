"""Three municipalities with everything awkward that happens to hours, small enough to be counted by hand.

It is Wednesday, 15 April 2026, 12:00 in Warsaw; clocks went forward in the night of 29 March. Everything is entered by
the services that people use, on the day they would have done it.
"""

from datetime import UTC, date, datetime

from animators.consultations.models import Channel, Consultation, ConsultationStatus, Side
from animators.hours import deciding, ledger
from animators.hours.budgets import locked_budget
from animators.hours.models import BudgetAdjustment, LedgerEntry, LedgerKind, Pot
from core.clock import LOCAL_ZONE
from core.database import db
from municipalities.models import Municipality
from partnerships.models import Partnership
from tests.make import Make

S = ConsultationStatus


def there(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """By the clock in Warsaw, in 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=LOCAL_ZONE).astimezone(UTC)


class World:
    def __init__(self, make: Make) -> None:
        self.make = make
        self.office = make.office("Olga Biuro")
        self.ewa, self.adam = make.animator("Ewa Doradna"), make.animator("Adam Inny")
        self.partnerships: dict[str, Partnership] = {}
        lubuskie = make.county("żarski", voivodeship=make.voivodeship("lubuskie", code="08"))
        self.brody = self._place(make.municipality("Brody", code="1601012"), self.ewa)
        self.laki = self._place(make.municipality("Łąki", code="1601022"), self.adam)
        self.zary = self._place(make.municipality("Żary", county=lubuskie, code="0811032"), self.ewa)
        self._brody()
        self._laki()
        self._zary()
        db.session.commit()

    def _place(self, municipality: Municipality, animator) -> Municipality:
        made = self.make.partnership(municipality=municipality, animator=animator)
        self.partnerships[municipality.name] = made
        return municipality

    def _brody(self) -> None:
        """Times at the edges of months and days."""
        late = there(3, 31, 23, 30)  # 21:30 on the same day in UTC, and until after midnight
        visit = self._kept(
            self.brody, self.ewa, Channel.VISIT, S.CONFIRMED, visit_no=1, planned_start=late, planned_minutes=240,
            actual_start=late, actual_minutes=250, confirmed_at=there(4, 2), confirmed_by=Side.LEADER,
        )  # fmt: skip
        ledger.book(visit, reason=None, actor=self.ewa)
        short_night = self._call(self.brody, self.ewa, there(3, 29, 1, 30), 120, S.CONFIRMED)
        short_night.confirmed_at = there(4, 5)
        self._call(self.brody, self.ewa, there(4, 1, 0, 10), 45)  # still March in UTC
        ledger.correct(short_night, 90, reason="Ninety", actor=self.ewa)

    def _laki(self) -> None:
        """An opening balance, and every way over the pot can end."""
        budget = locked_budget(self.laki.id, Pot.REMOTE)
        db.session.add(
            LedgerEntry(
                budget=budget, minutes=100, kind=LedgerKind.OPENING, day=date(2026, 1, 31), taken_over=True
            )
        )
        db.session.flush()
        self.waits = self._call(self.laki, self.adam, there(2, 10), 400)  # 380 fit
        self.refused = self._call(self.laki, self.adam, there(3, 5), 60)
        granted = self._call(self.laki, self.adam, there(3, 6), 30)
        deciding.refuse(self._request(self.refused), note="Next year", actor=self.office)
        deciding.grant(self._request(granted), note="=SUM(A1)", actor=self.office)
        self._kept(
            self.laki, self.adam, Channel.VISIT, S.AGREED, visit_no=1, planned_start=there(4, 10, 10),
            planned_minutes=240,
        )  # fmt: skip
        self._kept(
            self.laki, self.adam, Channel.VISIT, S.AGREED, visit_no=2, planned_start=there(5, 20, 10),
            planned_minutes=180,
        )  # fmt: skip

    def _zary(self) -> None:
        """A void call, minutes moved between the pots, and visits that were called off."""
        void = self._call(self.zary, self.ewa, there(3, 20), 50)
        ledger.take_back(void, reason="Entered twice", actor=self.ewa)
        void.status = S.VOID
        moved = self._call(self.zary, self.ewa, there(2, 12), 500)
        deciding.transfer(self._request(moved), note="From the visits", actor=self.office)
        self._kept(
            self.zary, self.ewa, Channel.VISIT, S.CANCELLED, visit_no=1, planned_start=there(3, 12),
            planned_minutes=240, cancelled_at=there(3, 11), cancelled_by=Side.LEADER, cancelled_late=True,
        )  # fmt: skip
        self._kept(
            self.zary, self.ewa, Channel.VISIT, S.CANCELLED, visit_no=1, cancelled_at=there(2, 3),
            cancelled_by=Side.ANIMATOR,
        )  # fmt: skip
        self._kept(self.zary, None, Channel.VISIT, S.PROPOSED, visit_no=1)

    def _call(
        self, place: Municipality, animator, at: datetime, minutes: int, status: ConsultationStatus = S.LOGGED
    ) -> Consultation:
        call = self._kept(place, animator, Channel.PHONE, status, actual_start=at, actual_minutes=minutes)
        ledger.book(call, reason="Needed", actor=animator)
        return call

    def _kept(
        self, place: Municipality, animator, channel: Channel, status: ConsultationStatus, **facts
    ) -> Consultation:
        one = Consultation(
            municipality_id=place.id, animator_id=animator.id if animator else None, channel=channel,
            status=status, **facts,
        )  # fmt: skip
        db.session.add(one)
        db.session.flush()
        return one

    def _request(self, consultation: Consultation) -> BudgetAdjustment:
        return db.session.query(BudgetAdjustment).filter_by(consultation_id=consultation.id).one()
