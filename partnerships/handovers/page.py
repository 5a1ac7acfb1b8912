"""What the page of a hand-over shows to whoever opens it: where it is, and what to do next."""

from dataclasses import dataclass

from flask import url_for

from accounts.models import User
from accounts.policy import Permission, can
from core import clock
from core.formatting import day, moment
from core.i18n import _
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.workflow import HandoverAction, HandoverStatus


@dataclass(frozen=True)
class Stage:
    """As ``components/cards.html`` draws it."""

    label: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Next:
    title: str
    text: str
    is_mine: bool = False
    post: str | None = None
    """Endpoint of the button that takes the step at once."""
    link: str | None = None
    """Endpoint of a page that asks first."""
    label: str = ""
    no: str | None = None
    no_label: str = ""


def stages_of(handover: LeaderHandover) -> list[Stage]:
    """Request, consent, confirmation, hand-over: who did each and when, or who is to."""
    confirming = handover.confirmed_by or handover.partnership.deciding_animator(clock.today())
    told = [
        (_("Request"), handover.requested_at, handover.requested_by.name),
        (_("Consent"), handover.accepted_at, handover.to_user.name),
        (
            _("Confirmation"),
            handover.confirmed_at,
            confirming.name if confirming else _("the programme office"),
        ),
    ]
    stages = [
        Stage(label, "done", f"{who}, {moment(at)}") if at else Stage(label, "todo", who)
        for label, at, who in told
    ]
    is_done = handover.status is HandoverStatus.DONE
    stages.append(Stage(_("Hand-over"), "done" if is_done else "todo", day(handover.effective_on)))
    return _with_current(stages) if handover.is_open else stages


def _with_current(stages: list[Stage]) -> list[Stage]:
    at = next(number for number, stage in enumerate(stages) if stage.state == "todo")
    is_last = at == len(stages) - 1
    note = stages[at].note if is_last else _("waiting for: %(name)s", name=stages[at].note)
    return [*stages[:at], Stage(stages[at].label, "current", note), *stages[at + 1 :]]


def next_of(handover: LeaderHandover, person: User) -> Next:
    if handover.is_overdue(clock.today()):
        return Next(
            _("The time for this hand-over is over"), _("Somebody can be asked anew with a later day.")
        )
    ways = {
        HandoverStatus.REQUESTED: _answer,
        HandoverStatus.ACCEPTED: _confirmation,
        HandoverStatus.CONFIRMED: _day_to_come,
        HandoverStatus.DONE: _done,
    }
    return ways.get(handover.status, _over)(handover, person)


def _answer(handover: LeaderHandover, person: User) -> Next:
    name, until = handover.to_user.name, day(handover.answer_until)
    if can(person, Permission.HANDOVER_ANSWER, handover):
        return Next(
            _("Will you lead this partnership?"),
            _(
                "From %(day)s you would lead it: its plans, its members, its deputies. The animator confirms it first. Please answer by %(until)s.",
                day=day(handover.effective_on),
                until=until,
            ),
            is_mine=True,
            post="partnerships.accept_handover",
            label=_("Accept"),
            no="partnerships.decline_handover",
            no_label=_("Decline"),
        )
    return Next(
        _("Waiting for %(name)s", name=name),
        _(
            "Asked on %(day)s; an answer is possible until %(until)s.",
            day=day(clock.local(handover.requested_at).date()),
            until=until,
        ),
    )


def _confirmation(handover: LeaderHandover, person: User) -> Next:
    animator = handover.partnership.deciding_animator(clock.today())
    since = day(clock.local(handover.since).date())
    text = _(
        "%(name)s accepted on %(day)s. Without a confirmation by %(until)s it expires.",
        name=handover.to_user.name,
        day=since,
        until=day(handover.effective_on),
    )
    may_confirm = can(person, Permission.HANDOVER_CONFIRM, handover) and not takes_part(handover, person)
    refuse = {"no": "partnerships.refuse_handover", "no_label": _("Refuse")} if may_confirm else {}
    if may_confirm and animator is not None and animator.id == person.id:
        post, label = "partnerships.confirm_handover", _("Confirm")
        return Next(_("Confirm the new leader"), text, is_mine=True, post=post, label=label, **refuse)
    if may_confirm:
        link, label = "partnerships.confirm_handover", _("Confirm in place of the animator")
        title = (
            _("Waiting for %(name)s", name=animator.name) if animator else _("Nobody is assigned to confirm")
        )
        return Next(title, text, is_mine=animator is None, link=link, label=label, **refuse)
    who = animator.name if animator else _("the programme office")
    return Next(_("Waiting for %(name)s", name=who), text)


def _day_to_come(handover: LeaderHandover, person: User) -> Next:
    text = _(
        "Rights change at the start of that day, and what is open goes over. Both leaders get a mail with the list."
    )
    words = {"name": handover.to_user.name, "day": day(handover.effective_on)}
    return Next(_("%(name)s leads from %(day)s", **words), text)


def _done(handover: LeaderHandover, person: User) -> Next:
    words = {"name": handover.to_user.name, "day": day(handover.effective_on)}
    return Next(
        _("%(name)s has led since %(day)s", **words), _("What was open went over; both got a mail with it.")
    )


def _over(handover: LeaderHandover, person: User) -> Next:
    name, who = handover.to_user.name, handover.ended_by.name if handover.ended_by else ""
    titles = {
        HandoverAction.DECLINE: _("%(name)s declined", name=name),
        HandoverAction.REFUSE: _("%(name)s did not confirm it", name=who),
        HandoverAction.CANCEL: _("%(name)s called it off", name=who),
        HandoverAction.FAIL: _("The account of %(name)s is suspended", name=name),
    }
    title = titles.get(handover.ended_how or HandoverAction.EXPIRE, _("Not everybody answered in time"))
    return Next(title, handover.end_reason or _who_leads_on(handover))


def _who_leads_on(handover: LeaderHandover) -> str:
    """The former leader may lead or advise elsewhere by then, so that their term did not go on."""
    first = max(handover.effective_on, clock.today())
    if handover.partnership.leader(first) is not None:
        return _("Nothing changed. Somebody can be asked anew.")
    return _("Nobody leads the partnership from %(day)s. Somebody can be asked anew.", day=day(first))


def takes_part(handover: LeaderHandover, person: User) -> bool:
    """They do not confirm it."""
    return person.id in handover.own_ids(clock.today())


def way_to(handover: LeaderHandover, person: User) -> str:
    """Back from the page: to the partnership for who may open it, else home."""
    if can(person, Permission.PARTNERSHIP_READ, handover.partnership):
        return url_for("partnerships.terms", partnership_id=handover.partnership_id)
    return url_for("progress.home")


def facts_of(handover: LeaderHandover) -> list[tuple[str, str]]:
    former, asker = handover.from_user, handover.requested_by
    asked_by = asker.name if former is None or former.id != asker.id else ""
    facts = [
        (_("Hands over"), former.name if former else _("Nobody led the partnership")),
        (_("Takes over"), handover.to_user.name),
        (_("First day"), day(handover.effective_on)),
        (_("Comes from"), handover.organisation.name if handover.organisation else ""),
        (_("Asked by"), asked_by),
        (_("What they say about it"), handover.note or ""),
    ]
    return [fact for fact in facts if fact[1]]
