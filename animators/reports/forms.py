"""What narrows the pages of hours. Read from the address, so it needs no token."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all

from accounts.models import User
from animators.advice.models import OutsideAdvice
from animators.consultations.models import Consultation
from animators.hours.models import Pot
from animators.reports.periods import Month, Span, Step
from animators.reports.selection import Selection
from core import clock
from core.database import db
from core.forms import BaseForm, Choice
from core.i18n import LazyString, _, _l
from municipalities.models import Municipality, Voivodeship
from partnerships.models import AnimatorAssignment, Partnership
from programme.queries import the_programme

Pairs = Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Choices:
    """(id, name) in the order of the alphabet."""

    voivodeships: Pairs
    animators: Pairs


def choices() -> Choices:
    """Voivodeships with a partnership, and everybody who advises or ever gave advice; in one query."""
    regions = select(literal("voivodeship"), Voivodeship.id, Voivodeship.name, Voivodeship.sort_key).where(
        Voivodeship.id.in_(select(Municipality.voivodeship_id).join(Partnership, Partnership.municipality_id == Municipality.id))
    )  # fmt: skip
    gave = union_all(
        select(AnimatorAssignment.animator_id), select(Consultation.animator_id), select(OutsideAdvice.animator_id)
    ).subquery()  # fmt: skip
    people = select(literal("animator"), User.id, User.name, User.sort_key).where(
        User.id.in_(select(gave.c.animator_id))
    )
    both = union_all(regions, people).subquery()
    found = db.session.execute(select(both).order_by(both.c[3], both.c[1])).all()
    return Choices(
        [(row[1], row[2]) for row in found if row[0] == "voivodeship"],
        [(row[1], row[2]) for row in found if row[0] == "animator"],
    )


class HoursFilterForm(BaseForm):
    class Meta(BaseForm.Meta):
        csrf = False

    since = Choice(_l("From"))
    until = Choice(_l("To"))
    by = Choice(_l("In rows of"))
    voivodeship = Choice(_l("Voivodeship"))
    animator = Choice(_l("Advice given by"))
    advised = Choice(_l("Advised today by"))
    pot = Choice(_l("Pot"))

    @classmethod
    def showing(cls, wanted: Selection, known: Choices) -> "HoursFilterForm":
        form = cls(
            formdata=None,
            since=wanted.first.code if wanted.first else "",
            until=wanted.last.code if wanted.last else "",
            by=wanted.by or "",
            voivodeship=str(wanted.voivodeship_id or ""),
            animator=str(wanted.animator_id or ""),
            advised=str(wanted.advised_id or ""),
            pot=wanted.pot or "",
        )
        months = [(one.code, Span(one, one).in_words) for one in _months(wanted)]
        form.since.choices = [("", _("The beginning")), *months]
        form.until.choices = [("", _("The end")), *months]
        form.by.choices = [("", _("What fits")), *((one.value, str(one.label)) for one in Step)]
        form.voivodeship.choices = [("", _("All")), *_texts(known.voivodeships)]
        form.animator.choices = form.advised.choices = [("", _("All animators")), *_texts(known.animators)]
        form.pot.choices = [("", _("Both pots")), *((one.value, str(one.label)) for one in Pot)]
        return form


def _texts(pairs: Pairs) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in pairs]


def _months(wanted: Selection) -> list[Month]:
    """Those of the programme until now or its end, and whatever the address asks for besides."""
    programme = the_programme().row
    month, last = Month.of(programme.starts_on), Month.of(max(programme.ends_on, clock.today()))
    months = {one for one in (wanted.first, wanted.last) if one}
    while month <= last:
        months.add(month)
        month = month.plus(1)
    return sorted(months)


@dataclass(frozen=True)
class Shortcut:
    label: LazyString
    questions: dict[str, Any]
    current: bool


def shortcuts(wanted: Selection) -> list[Shortcut]:
    """Periods that are asked for again and again."""
    this = Month.of(clock.today())
    quarter = this.plus(-((this.number - 1) % 3))
    periods = [
        (_l("Whole programme"), None, None),
        (_l("This month"), this, this),
        (_l("Last month"), this.plus(-1), this.plus(-1)),
        (_l("This quarter"), quarter, quarter.plus(2)),
        (_l("Last quarter"), quarter.plus(-3), quarter.plus(-1)),
    ]
    return [
        Shortcut(
            label,
            wanted.questions(since=first.code if first else None, until=last.code if last else None),
            (wanted.first, wanted.last) == (first, last),
        )
        for label, first, last in periods
    ]
