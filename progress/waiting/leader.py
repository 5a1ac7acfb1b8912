"""What waits on whoever leads a partnership, besides its plans: dates of visits, reports to confirm, next steps."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from accounts.models import User
from animators.consultations.models import Channel, Consultation, Side
from animators.consultations.queries import to_confirm
from animators.consultations.services import dispute_until
from core import clock
from core.formatting import day, hours
from core.i18n import _, ngettext
from partnerships.models import Partnership
from progress.matters import Turn
from progress.next_steps import Link, NextStep
from progress.waiting.order import Kind, Waiting, by_urgency
from progress.waiting.steps import steps_waiting
from progress.waiting.visits import visits_waiting


def waiting_for_leader(leader: User, led: Iterable[Partnership]) -> dict[int, list[Waiting]]:
    """By municipality, the most urgent first. ``led``: what they lead today, or help to."""
    ids = {one.municipality_id: one.id for one in led}
    found = [
        *visits_waiting(leader, Side.LEADER),
        *_to_confirm(leader, ids),
        *steps_waiting(leader, Side.LEADER),
    ]
    by_place: dict[int, list[Waiting]] = defaultdict(list)
    for one in by_urgency(found, clock.today()):
        by_place[one.municipality_id].append(one)
    return by_place


def _to_confirm(leader: User, partnership_ids: Mapping[int, int]) -> Iterator[Waiting]:
    """The report of each visit; talks of one municipality together, as they are many and small."""
    talks: dict[int, list[Consultation]] = defaultdict(list)
    for consultation in to_confirm(leader):
        if consultation.animator_id == leader.id:
            continue  # nobody confirms what they gave themselves
        if consultation.channel is Channel.VISIT:
            yield _report(consultation)
        else:
            talks[consultation.municipality_id].append(consultation)
    for place, of_place in talks.items():
        if place in partnership_ids:
            yield _talks(of_place, partnership_ids[place])


def _report(visit: Consultation) -> Waiting:
    link = Link(_("Read the report"), "consultations.show", {"consultation_id": visit.id})
    title = _("Confirm the report of visit %(number)s", number=visit.visit_no)
    return _confirmation(visit, title, link, hours(visit.actual_minutes or 0))


def _talks(talks: Sequence[Consultation], partnership_id: int) -> Waiting:
    """Those who say nothing confirm them: it is good to have looked, and nothing stops meanwhile."""
    first, minutes = talks[0], sum(one.actual_minutes or 0 for one in talks)
    title = ngettext(
        "Look at the talk that was logged", "Look at the %(num)d talks that were logged", len(talks)
    )
    link = Link(_("See the talks"), "advice.of_partnership", {"partnership_id": partnership_id})
    return _confirmation(first, title, link, hours(minutes), somebody_waits=False)


def _confirmation(
    about: Consultation, title: str, link: Link, length: str, *, somebody_waits: bool = True
) -> Waiting:
    until = dispute_until(about)
    due_on = clock.local(until).date() if until else None
    return Waiting(
        Kind.CONFIRMATION,
        about.municipality.name,
        about.municipality.sort_key,
        title,
        link,
        clock.local(about.reported_at or about.updated_at).date(),
        due_on,
        _("%(hours)s, confirmed by itself on %(day)s", hours=length, day=day(due_on)) if due_on else length,
        somebody_waits=somebody_waits,
        municipality_id=about.municipality_id,
    )


def as_next_step(one: Waiting) -> NextStep:
    """Where no plan waits for the leader, this is what is next."""
    today = clock.today()
    return NextStep(
        title=one.title,
        text=_WORDS[one.kind](one),
        waits_on=Turn.LEADER,
        since=one.since,
        link=one.link,
        due_on=one.due_on,
        is_late=one.is_late(today),
        is_mine=True,
        working_days=clock.working_days_between(one.since, today),
    )


def _about_dates(one: Waiting) -> str:
    if one.due_on is None:
        return _("No date is proposed at the moment. Say when it suits you.")
    return _("Your animator proposes dates. Accept one, or propose others.")


_WORDS: dict[Kind, Callable[[Waiting], str]] = {
    Kind.VISIT: _about_dates,
    Kind.CONFIRMATION: lambda one: _("Say whether it is right. If you say nothing, it confirms itself."),
    Kind.NEXT_STEP: lambda one: _("You took it upon you in a consultation. Tick it there when it is done."),
}
