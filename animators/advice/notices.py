"""Who is told what about remote advice, and what waits of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.queries import office_people
from animators.advice.models import AdviceRequest
from animators.consultations.models import Consultation
from core import clock, mail
from core.i18n import _, in_language
from municipalities.models import Municipality
from partnerships.models import Partnership

ASKED = "advice/mail/asked"


def tell_asked(request: AdviceRequest) -> None:
    """Whoever advises at the moment: the cover during a leave. Where nobody does, the office looks for somebody."""
    animator = request.partnership.animator(clock.today())
    for person in [animator] if animator else office_people():
        mail.queue(
            person,
            ASKED,
            dedupe_key=f"advice-asked:{request.id}:{person.id}",
            reply_to=request.asked_by.mail_address,
            request=request,
            partnership=request.partnership,
            is_animator=animator is not None,
        )


def without_phone(told: mail.OutboxMail) -> str:
    """The text of a mail without the phone of whoever asked: that is for who was to call them, not for who comes after."""
    if told.template != ASKED:
        return told.body
    with in_language(told.language):
        line = "- " + _("Phone: %(number)s", number="")
    return "\n".join(one for one in told.body.splitlines() if not one.startswith(line))


def tell_answered(request: AdviceRequest, *, actor: User) -> None:
    _tell(request, "answered", actor=actor)


def tell_closed(request: AdviceRequest, *, actor: User) -> None:
    _tell(request, "closed", actor=actor)


def still_belongs(request: AdviceRequest) -> bool:
    """Whoever asked leads or helps to lead the partnership to this day."""
    today, partnership = clock.today(), request.partnership
    return request.asked_by_id in partnership.leader_ids(today) | partnership.deputy_ids(today)


def _who_reads(request: AdviceRequest) -> Sequence[User]:
    """Who asked, while they still belong to it; else who leads it now, and where nobody does the deputies."""
    if still_belongs(request):
        return [request.asked_by]
    today, partnership = clock.today(), request.partnership
    leader = partnership.leader(today)
    return [leader] if leader is not None else partnership.deputies(today)


def _tell(request: AdviceRequest, what: str, *, actor: User) -> None:
    for person in _who_reads(request):
        mail.queue(
            person,
            f"advice/mail/{what}",
            dedupe_key=f"advice-{what}:{request.id}:{request.row_version}:{person.id}",
            reply_to=actor.mail_address,
            request=request,
            partnership=request.partnership,
            actor=actor,
        )


@dataclass(frozen=True)
class LoggedThere:
    """What one municipality was advised that day."""

    partnership: Partnership
    entries: Sequence[Consultation]

    @property
    def municipality(self) -> Municipality:
        return self.partnership.municipality

    @property
    def minutes(self) -> int:
        return sum(one.actual_minutes or 0 for one in self.entries)


def tell_of_day(person: User, places: Sequence[LoggedThere], day: date) -> None:
    """One mail a day with everything that was logged."""
    mail.queue(
        person,
        "advice/mail/of_day",
        dedupe_key=f"advice-of-day:{day.isoformat()}:{person.id}",
        about=places[0].partnership if len(places) == 1 else None,
        places=places,
        day=day,
    )
