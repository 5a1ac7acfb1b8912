"""Visits and remote consultations held before: what they took stands in the ledger, and nowhere else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import select

from accounts.models import RoleGrant, User
from accounts.roles import Role
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.models import LedgerEntry, LedgerKind
from animators.visits.workflow import OVER
from core import clock
from core.bulk import insert_rows, take_ids
from core.database import db
from core.i18n import _, _l
from core.text import fold
from core.workbooks.kinds import WholeNumber
from intake.cells import AnyDay, Length, Mail, Named, worded
from intake.checking import ReadRow
from intake.columns import ADDRESSES, NAMES, PLACE_COLUMNS, Column
from intake.events import IntakeEvent
from intake.findings import Finding, Severity
from intake.history import History
from intake.models import RecordKind
from intake.targets.base import Change, Outcome, Scope, What
from intake.targets.earlier import Earlier, Owner, Present, Wanted
from intake.targets.ledger import Budgets, Key, Taken, room_in
from partnerships.models import AnimatorAssignment

CHANNELS = worded(
    {channel: channel.label for channel in Channel if channel is not Channel.VISIT},
    telefon=Channel.PHONE,
    telefoniczna=Channel.PHONE,
    telefonicznie=Channel.PHONE,
    rozmowa_telefoniczna=Channel.PHONE,
    zdalna=Channel.ONLINE,
    zdalnie=Channel.ONLINE,
    online=Channel.ONLINE,
    teams=Channel.ONLINE,
    zoom=Channel.ONLINE,
    wideo=Channel.ONLINE,
    czat=Channel.CHAT,
    e_mail=Channel.CHAT,
    mail=Channel.CHAT,
    tłumacz=Channel.INTERPRETER,
)

_DAY = Column(
    "day",
    _l("Day"),
    AnyDay(),
    required=True,
    example="15.03.2026",
    also=("Data", "data konsultacji", "data wizyty", "data spotkania", "dzień", "kiedy", "termin", "date"),
)
_MINUTES = Column(
    "minutes",
    _l("Length"),
    Length(most=1440),
    required=True,
    example="1:30",
    also=(
        "Czas", "czas trwania", "liczba godzin", "godziny", "ilość godzin", "godz", "minuty", "liczba minut", "hours",
        "minutes",
    ),
)  # fmt: skip
_ABOUT = (
    Column(
        "animator_name",
        _l("Animator: name"),
        Named(120),
        also=("Animator", "animatorka", "konsultant", "prowadzący"),
        allows=NAMES,
    ),
    Column("animator_email", _l("Animator: e-mail"), Mail(), also=("E-mail animatora",), allows=ADDRESSES),
    Column(
        "topics",
        _l("Topics"),
        Named(300),
        also=("Temat", "tematy", "tematyka", "zakres", "temat konsultacji"),
    ),
    Column(
        "participants_count",
        _l("People"),
        WholeNumber(1, 10_000),
        also=("Liczba osób", "liczba uczestników", "uczestnicy", "osób"),
    ),
    Column("summary", _l("Summary"), Named(4000), also=("Podsumowanie", "opis", "notatka", "ustalenia")),
    Column("next_steps", _l("Next steps"), Named(4000), also=("Dalsze kroki", "następne kroki", "zalecenia")),
)


class Advice(Earlier):
    """What visits and remote consultations have in common. One on a day is never entered twice, nor changed here."""

    channels: ClassVar[frozenset[Channel]]
    compared = ("channel", "minutes", "topics", "participants_count", "summary", "next_steps")

    def prepare(self, row: ReadRow, owner: Owner, outcome: Outcome) -> bool:
        self.check_alone(row, outcome)
        return True

    def check_alone(self, row: ReadRow, outcome: Outcome) -> None:
        name, email = row.values["animator_name"], row.values["animator_email"]
        row.values["animator_id"] = self._animator(row, name, email, outcome) if name or email else None

    def _animator(self, row: ReadRow, name: str | None, email: str | None, outcome: Outcome) -> int | None:
        """Earlier animators may have left: whoever is not known by one account is left out, with a word."""
        found = self._people.get(email or fold(name or ""), [])
        if len(found) == 1:
            return found[0]
        column = "animator_email" if email else "animator_name"
        reason = "several_people" if found else "no_animator"
        outcome.tell(Finding(reason, Severity.WARNING, column, row.get(column)))
        return None

    def compare(self, rows: Sequence[ReadRow], scope: Scope) -> Outcome:
        self._people = _people()
        outcome = super().compare(rows, scope)
        _tell_hours(outcome, {row.number: row for row in rows})
        return outcome

    def present(self) -> Mapping[Any, Present]:
        return {
            self.key_of(one.municipality_id, _day_of(one), _values(one)): Present(one.id, _values(one))
            for one in self._held()
        }

    def _held(self) -> Iterable[Consultation]:
        return db.session.scalars(
            select(Consultation).where(
                Consultation.channel.in_(self.channels),
                Consultation.actual_start.is_not(None),
                Consultation.status.not_in(OVER),
            )
        )

    def key(self, owner: Owner, values: Mapping[str, Any]) -> Any:
        return self.key_of(owner.id, values["day"], values)

    def key_of(self, place_id: int, day: date, values: Mapping[str, Any]) -> Any:
        return place_id, day, values["channel"]

    def _compared(self, row: ReadRow, owner: Owner, known: Present | None) -> Change:
        """What is entered already stays as it is: a consultation is corrected on its own page."""
        if known is not None:
            row.values.update({key: known.values[key] for key in self.compared})
        return super()._compared(row, owner, known)

    def enter(self, new: Sequence[Wanted], scope: Scope, history: History) -> None:
        rows, taken = [], []
        for key, one in zip(take_ids(Consultation, len(new)), new, strict=True):
            values = one.values
            rows.append({
                "id": key, "municipality_id": one.owner.id, "animator_id": values["animator_id"],
                "channel": values["channel"], "visit_no": values["visit_no"],
                "actual_start": _noon(values["day"]), "actual_minutes": values["minutes"],
                "topics": [values["topics"]] if values["topics"] else [],
                "participants_count": values["participants_count"], "summary": values["summary"],
                "next_steps": values["next_steps"], "status": ConsultationStatus.CONFIRMED,
                "taken_over": scope.taken_over,
            })  # fmt: skip
            pot = values["channel"].pot
            taken.append(
                Taken(one.owner.id, pot, values["minutes"], values["day"], LedgerKind.CONSULTATION, key)
            )
            said = {"minutes": values["minutes"], "day": values["day"].isoformat(), "taken_over": True}
            record = ("consultation", key)
            history.add(
                IntakeEvent.CONSULTATION_ENTERED, record, one.owner.id, said, story_kind="municipality"
            )
        insert_rows(Consultation, rows)
        Budgets().enter(taken, scope)

    def change(self, changed: Sequence[Change], scope: Scope, history: History) -> None:
        """Never: see ``_compared``."""


class Visits(Advice):
    kind = RecordKind.VISITS
    help = _l("One row for each visit of an animator.")
    channels = frozenset({Channel.VISIT})
    compared = ("visit_no", "minutes", "topics", "participants_count", "summary", "next_steps")
    stands_for = frozenset({"visit_no"})
    columns = (
        *PLACE_COLUMNS,
        _DAY,
        Column(
            "visit_no",
            _l("Visit no."),
            WholeNumber(1, 20),
            help=_l("Empty: by their days."),
            also=("Nr wizyty", "numer wizyty", "wizyta", "nr spotkania", "która wizyta", "lp. wizyty"),
        ),
        _MINUTES,
        *_ABOUT,
    )

    def prepare(self, row: ReadRow, owner: Owner, outcome: Outcome) -> bool:
        row.values["channel"] = Channel.VISIT
        return super().prepare(row, owner, outcome)

    def check_together(self, wanted: Sequence[tuple[ReadRow, Owner]], outcome: Outcome) -> set[int]:
        """Each number once in a municipality; those without one get what is free after the others, by their days."""
        visits, left_out = _Visits.load(), set()
        days, taken = visits.held, visits.taken
        for row, owner in sorted(wanted, key=_stated_first):
            known = days.get((owner.id, row.values["day"]))
            if known is not None:
                row.values["visit_no"] = known
                continue
            number = row.values["visit_no"] or _next_free(owner.id, taken)
            refusal, column = None, "visit_no"
            if (owner.id, row.values["day"]) in visits.agreed:
                refusal, column = (
                    _("This visit is entered as agreed. Say on its page that it was held."),
                    "day",
                )
            elif (owner.id, number) in taken:
                refusal = _("Visit %(number)s is entered already, with another day.", number=number)
            if refusal is not None:
                said = {"sentence": refusal}
                outcome.tell(Finding("says_no", column=column, cell=row.get(column), params=said))
                left_out.add(row.number)
                continue
            row.values["visit_no"] = number
            days[owner.id, row.values["day"]] = number
            taken.add((owner.id, number))
        return left_out


class Consultations(Advice):
    kind = RecordKind.CONSULTATIONS
    help = _l("One row for each call, online meeting or chat with an animator.")
    channels = frozenset(Channel) - {Channel.VISIT}
    columns = (
        *PLACE_COLUMNS,
        _DAY,
        Column(
            "channel",
            _l("Channel"),
            CHANNELS,
            required=True,
            also=("Forma", "rodzaj konsultacji", "sposób", "kanał", "forma konsultacji", "rodzaj"),
            default_offered=True,
        ),
        _MINUTES,
        *_ABOUT,
    )

    def prepare(self, row: ReadRow, owner: Owner, outcome: Outcome) -> bool:
        row.values["visit_no"] = None
        return super().prepare(row, owner, outcome)

    def key_of(self, place_id: int, day: date, values: Mapping[str, Any]) -> Any:
        """Two of another length on one day are two."""
        return *super().key_of(place_id, day, values), values["minutes"]

    def present(self) -> Mapping[Any, Present]:
        """By the length that the file said which brought them: two that came to last equally long stay two.

        One that nothing else could tell from another has a key that no file says.
        """
        said, found = self._said_once(), {}
        for one in sorted(
            self._held(), key=lambda one: said.get(one.id, one.actual_minutes) != one.actual_minutes
        ):
            values = _values(one)
            place, day, channel, minutes = self.key_of(one.municipality_id, _day_of(one), values)
            lengths = (said.get(one.id, minutes), minutes, ("also", one.id))
            keys = ((place, day, channel, length) for length in lengths)
            found[next(key for key in keys if key not in found)] = Present(one.id, values)
        return found

    def check_together(self, wanted: Sequence[tuple[ReadRow, Owner]], outcome: Outcome) -> set[int]:
        """A length that was corrected on its own page stays. One that is nobody's is of another call, unless somebody
        says otherwise: its minutes count.
        """
        known = self.present()
        told = {self.key(owner, row.values) for row, owner in wanted}
        untold = {key: one for key, one in known.items() if key not in told}
        lasting = {(*key[:-1], one.values["minutes"]): key for key, one in untold.items()}
        others = {key[:-1] for key in untold}
        for row, owner in wanted:
            key = self.key(owner, row.values)
            if key in known:
                if known[key].values["minutes"] != row.values["minutes"]:
                    outcome.tell(Finding("length_stays", Severity.INFO, "minutes", row.get("minutes")))
            elif key in lasting:
                row.values["minutes"] = lasting[key][-1]
            elif key[:-1] in others:
                outcome.tell(Finding("same_day", Severity.WARNING, "minutes", row.get("minutes")))
        return set()

    def _said_once(self) -> dict[int, int]:
        """By consultation: how long it took as the file had it that brought it."""
        entries = select(LedgerEntry.consultation_id, LedgerEntry.minutes).where(
            LedgerEntry.taken_over, LedgerEntry.kind == LedgerKind.CONSULTATION
        )
        return {key: minutes for key, minutes in db.session.execute(entries) if key is not None}


def _tell_hours(outcome: Outcome, rows: Mapping[int, ReadRow]) -> None:
    """What a pot does not hold, and what an opening balance might hold already. Both are entered all the same."""
    opened, taken = Budgets.opened_until(), dict[Key, int]()
    new = [(one.data.owner.id, one.data.values, rows[one.number]) for one in outcome.of(What.NEW)]
    for place, values, row in new:
        key = (place, values["channel"].pot)
        taken[key] = taken.get(key, 0) + values["minutes"]
        if key in opened and values["day"] <= opened[key]:
            said = {"day": f"{opened[key]:%d.%m.%Y}"}
            outcome.tell(Finding("counted_as_whole", Severity.WARNING, "minutes", row.get("minutes"), said))
    last = {(place, values["channel"].pot): row for place, values, row in new}
    for key, room in room_in(taken).items():
        if taken[key] > room:
            said, cell = {"minutes": str(taken[key] - room)}, last[key].get("minutes")
            outcome.tell(Finding("beyond_budget", Severity.WARNING, "minutes", cell, said))


def _noon(day: date) -> datetime:
    """Only the day is known."""
    return datetime.combine(day, time(12), tzinfo=clock.LOCAL_ZONE).astimezone(UTC)


def _day_of(one: Consultation) -> date:
    if one.actual_start is None:
        raise LookupError("only what has begun has a day")
    return clock.local(one.actual_start).date()


def _values(one: Consultation) -> dict[str, Any]:
    return {
        "channel": one.channel, "visit_no": one.visit_no, "minutes": one.actual_minutes,
        "topics": ", ".join(one.topics) or None, "participants_count": one.participants_count,
        "summary": one.summary, "next_steps": one.next_steps,
    }  # fmt: skip


def _stated_first(pair: tuple[ReadRow, Owner]) -> tuple[bool, date]:
    return pair[0].values["visit_no"] is None, pair[0].values["day"]


@dataclass(frozen=True)
class _Visits:
    """Those that count, by municipality and day; and the numbers that are given."""

    held: dict[tuple[int, date], int] = field(default_factory=dict)
    agreed: set[tuple[int, date]] = field(default_factory=set)
    taken: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def load(cls) -> "_Visits":
        found = cls()
        visits = select(Consultation).where(
            Consultation.channel == Channel.VISIT, Consultation.status.not_in(OVER)
        )
        for one in db.session.scalars(visits):
            place, number = one.municipality_id, one.visit_no or 0
            if one.actual_start is not None:
                found.held[place, _day_of(one)] = number
            elif one.planned_start is not None:
                found.agreed.add((place, clock.local(one.planned_start).date()))
            found.taken.add((place, number))
        return found


def _next_free(place_id: int, taken: set[tuple[int, int]]) -> int:
    number = 1
    while (place_id, number) in taken:
        number += 1
    return number


def _people() -> dict[str, list[int]]:
    """Everybody by address; by name whoever is or was an animator: who advised once need not hold the role today.

    Leaders and others of the same name did not advise.
    """
    granted = select(RoleGrant.user_id).where(RoleGrant.role == Role.ANIMATOR)
    advised = User.id.in_(granted) | User.id.in_(select(AnimatorAssignment.animator_id))
    known: dict[str, list[int]] = {}
    for person_id, name, email, is_animator in db.session.execute(
        select(User.id, User.name, User.email, advised)
    ):
        known.setdefault(email, []).append(person_id)
        if is_animator:
            known.setdefault(fold(name), []).append(person_id)
    return known
