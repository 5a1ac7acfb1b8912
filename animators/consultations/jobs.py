"""What runs on a timetable for consultations."""

from collections.abc import Iterator, Sequence

from accounts.models import User
from accounts.queries import office_people
from animators.consultations.models import FollowUp, Side
from animators.consultations.queries import steps_due
from animators.consultations.services import confirm_lapsed
from core import clock
from core.reminders import Reminder, remind


def confirm_in_time() -> str:
    return f"{confirm_lapsed()} confirmed"


def remind_of_steps() -> str:
    """The working day before a next step is due, and once when its day has passed."""
    office = office_people()
    due = steps_due(clock.add_working_days(clock.today(), 1))
    return remind(one for step in due for one in _of_step(step, office))


def _of_step(step: FollowUp, office: Sequence[User]) -> Iterator[Reminder]:
    what = "overdue" if step.is_overdue else "due"
    until = {} if step.is_overdue else {"until": step.due_on}
    context = {"step": step, "due_day": step.due_on, "is_overdue": step.is_overdue, **until}
    for person in _whose(step, office):
        key = f"step-{what}:{step.id}:{step.due_on}:{person.id}"
        about = {"about": step.consultation.partnership}
        yield Reminder(person, "consultations/mail/step_due", key, {**context, **about})


def _whose(step: FollowUp, office: Sequence[User]) -> list[User]:
    """Everybody on the side that took it on; nobody on it is no reason to leave it lying, so the office then."""
    today, partnership = clock.today(), step.consultation.partnership
    if partnership is None or step.owner is Side.OFFICE:
        return list(office)
    if step.owner is Side.ANIMATOR:
        people = [partnership.animator(today)]
    else:
        people = [partnership.leader(today), *partnership.deputies(today)]
    return [person for person in people if person is not None] or list(office)
