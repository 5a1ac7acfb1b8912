"""What a consultation is called, and what is known of it, in the reader's words."""

from collections.abc import Sequence

from animators.consultations.models import Channel, Consultation, ConsultationStatus, FollowUp, Side
from core.formatting import day, hours, moment
from core.i18n import _, language
from programme.queries import the_programme


def name_of(consultation: Consultation) -> str:
    """``Visit 1, Ostrowice``."""
    return _("%(what)s, %(place)s", what=kind_of(consultation), place=consultation.municipality.name)


def kind_of(consultation: Consultation) -> str:
    if consultation.channel is Channel.VISIT:
        return _("Visit %(number)s", number=consultation.visit_no)
    return str(consultation.channel.label)


def topic_words(consultation: Consultation) -> str:
    """Labels of the programme's list; of earlier records the words that stood there."""
    topics = the_programme().code_lists["advice_topic"]
    known = set(topics.codes)
    return ", ".join(
        topics.label(code, language()) if code in known else code for code in consultation.topics
    )


def when(consultation: Consultation) -> str:
    """Of what was taken over, and of advice entered later, only the day is known: it stands there with noon."""
    start = consultation.actual_start or consultation.planned_start
    is_exact = consultation.channel is Channel.VISIT and not consultation.taken_over
    return moment(start) if is_exact else day(start)


def said_of(consultation: Consultation) -> str:
    """Who confirmed it, or what came of a dispute: nothing where neither has happened."""
    if consultation.status is ConsultationStatus.VOID and consultation.decision_note:
        return consultation.decision_note
    if consultation.status is not ConsultationStatus.CONFIRMED or consultation.confirmed_at is None:
        return ""
    on = day(consultation.confirmed_at)
    if consultation.confirmed_by is Side.LEADER:
        return _("Confirmed by the partnership on %(day)s.", day=on)
    if consultation.confirmed_by is Side.OFFICE:
        return _("Confirmed by the programme office on %(day)s.", day=on)
    return _("Confirmed by itself on %(day)s, as nobody disputed it.", day=on)


def facts_of(consultation: Consultation, *, with_steps: bool = True) -> Sequence[tuple[str, str]]:
    """The figures and the summary, label and value; what nobody said is left out.

    Without the steps that were written down one by one, where the page lists them by themselves.
    """
    over = consultation.over_budget_minutes
    pairs = [
        (_("When"), when(consultation)),
        (_("How long"), hours(consultation.actual_minutes) if consultation.actual_minutes else ""),
        (_("Over the pot"), hours(over) if over else ""),
        (_("Place"), consultation.place or ""),
        (_("Animator"), consultation.animator.name if consultation.animator else ""),
        (_("People"), str(consultation.participants_count or "")),
        (_("Topics"), topic_words(consultation)),
        (_("Summary"), consultation.summary or ""),
        (_("Next steps"), next_steps_of(consultation) if with_steps else consultation.next_steps or ""),
        (_("Why so short or long"), consultation.length_note or ""),
        (_("Why so late"), consultation.late_entry_reason or ""),
    ]
    return [(label, value) for label, value in pairs if value]


def next_steps_of(consultation: Consultation) -> str:
    """One a line: those written down one by one, and what earlier records say."""
    said = [consultation.next_steps] if consultation.next_steps else []
    return "\n".join([*said, *(step_line(one) for one in consultation.follow_ups)])


def step_line(follow_up: FollowUp) -> str:
    """``Send the list of rooms (The partnership, until 5 May 2026)``."""
    owner = str(follow_up.owner.label)
    if follow_up.due_on is None:
        return _("%(text)s (%(owner)s)", text=follow_up.text, owner=owner)
    return _(
        "%(text)s (%(owner)s, until %(day)s)", text=follow_up.text, owner=owner, day=day(follow_up.due_on)
    )
