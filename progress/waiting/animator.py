"""What waits on an animator, from all municipalities they advise today."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from accounts.models import User
from animators.advice.queries import open_requests_for
from animators.consultations.models import ConsultationStatus, Side
from animators.consultations.queries import reports_owed
from animators.consultations.words import kind_of
from animators.hours.bars import bars_of_many
from core import clock
from core.formatting import day
from core.i18n import _, language
from plans.deadlines import review_due_on
from plans.models import PlanVersion
from plans.queries import plans_awaiting_review
from plans.workflow import PlanStatus
from programme.queries import the_programme
from progress.next_steps import Link
from progress.queries.waiting import AdvisedPlace, disputes_of, last_contacts
from progress.waiting.order import Kind, Waiting, by_urgency
from progress.waiting.steps import steps_waiting
from progress.waiting.visits import visits_waiting


def waiting_for_animator(animator: User, places: Sequence[AdvisedPlace]) -> list[Waiting]:
    """``places``: those that they advise today. The most urgent first."""
    today = clock.today()
    found = [
        *map(_review, plans_awaiting_review(animator=animator)),
        *visits_waiting(animator, Side.ANIMATOR),
        *_requests(animator),
        *_reports(animator),
        *steps_waiting(animator, Side.ANIMATOR),
        *_disputes(animator),
        *_low_budgets(places, today),
        *_without_contact(places, today),
    ]
    return by_urgency(found, today)


def _review(version: PlanVersion) -> Waiting:
    place, submitted_at = version.partnership.municipality, version.submitted_at or version.status_since
    number = max(1, version.round)
    text = _("first round") if number == 1 else _("round %(round)s", round=number)
    if version.status is PlanStatus.IN_REVIEW:
        text = _("%(round)s, you are reading it", round=text)
    return Waiting(
        Kind.REVIEW,
        place.name,
        place.sort_key,
        version.plan.title,
        Link(_("Open the review"), "plans.show", {"version_id": version.id}),
        clock.local(submitted_at).date(),
        review_due_on(version),
        text,
        municipality_id=place.id,
    )


def _requests(animator: User) -> Iterator[Waiting]:
    topics = the_programme().code_lists["advice_topic"]
    for asked in open_requests_for(animator):
        place = asked.partnership.municipality
        yield Waiting(
            Kind.REQUEST,
            place.name,
            place.sort_key,
            _("Answer the request for advice"),
            Link(_("Answer"), "advice.show_request", {"request_id": asked.id}),
            clock.local(asked.created_at).date(),
            text=topics.label(asked.topic, language()),
            municipality_id=place.id,
        )


def _reports(animator: User) -> Iterator[Waiting]:
    """Owed from the day of the visit on."""
    for visit in reports_owed(animator):
        held_on = clock.local(visit.planned_start).date() if visit.planned_start else clock.today()
        yield Waiting(
            Kind.REPORT,
            visit.municipality.name,
            visit.municipality.sort_key,
            _("Report visit %(number)s", number=visit.visit_no),
            Link(_("Write the report"), "consultations.report", {"consultation_id": visit.id}),
            held_on,
            held_on,
            _("held on %(day)s", day=day(held_on)),
            municipality_id=visit.municipality_id,
        )


def _disputes(animator: User) -> Iterator[Waiting]:
    """The office decides: the animator reads what the partnership says, and then what the office said."""
    for consultation in disputes_of(animator):
        what = kind_of(consultation)
        if consultation.status is ConsultationStatus.DISPUTED:
            title, text = (
                _("The partnership disputes: %(what)s", what=what),
                _("the programme office decides"),
            )
            read, since = _("Read why"), consultation.disputed_at or consultation.updated_at
        else:
            title, text = _("The dispute is decided: %(what)s", what=what), _("you need not do anything")
            read, since = _("Read the decision"), consultation.confirmed_at or consultation.updated_at
        yield Waiting(
            Kind.DISPUTE,
            consultation.municipality.name,
            consultation.municipality.sort_key,
            title,
            Link(read, "consultations.show", {"consultation_id": consultation.id}),
            clock.local(since).date(),
            text=text,
            somebody_waits=False,
            municipality_id=consultation.municipality_id,
        )


def _low_budgets(places: Sequence[AdvisedPlace], today: date) -> Iterator[Waiting]:
    """At the warnings of the programme: by itself at three quarters, and when all is used."""
    bars = bars_of_many([one.municipality_id for one in places])
    for place in places:
        low = [bar for bar in bars[place.municipality_id] if bar.is_low]
        if low:
            yield Waiting(
                Kind.BUDGET,
                place.name,
                place.sort_key,
                "; ".join(f"{bar.pot.label}: {bar.left_text}" for bar in low),
                Link(_("See the hours"), "hours.of_partnership", {"partnership_id": place.partnership_id}),
                today,
                somebody_waits=False,
                municipality_id=place.municipality_id,
            )


def _without_contact(places: Iterable[AdvisedPlace], today: date) -> Iterator[Waiting]:
    """The last contact is the last visit or piece of remote advice that took place; where there was none yet, the days
    count from the founding of the partnership, or from the day it was entered.
    """
    places = list(places)
    limit = timedelta(days=the_programme().settings.no_contact_alert_days)
    contacts = last_contacts([one.municipality_id for one in places])
    for place in places:
        moment = contacts.get(place.municipality_id)
        last = clock.local(moment).date() if moment else place.known_since
        if today - last > limit:
            yield Waiting(
                Kind.NO_CONTACT,
                place.name,
                place.sort_key,
                _("Last contact on %(day)s", day=day(last)) if moment else _("No contact yet"),
                Link(_("Call"), "advice.call", {"partnership_id": place.partnership_id}),
                last,
                somebody_waits=False,
                municipality_id=place.municipality_id,
            )
