"""The report of a visit as a page to fill in by hand, with everything that is known already."""

from typing import Any

from animators.consultations.models import Consultation, Side
from animators.consultations.words import kind_of
from animators.hours.balances import balances_with_usual
from core import clock
from core.formatting import hours, moment
from core.i18n import _, language
from core.printing import Order
from core.records import foldable
from programme.logo_copies import logos_on_paper
from programme.queries import the_programme

TEMPLATE = "report_form.typ"
STEP_ROWS = 6


def report_form_pdf(consultation: Consultation) -> bytes:
    """PDF/UA-1, one page of A4, in the reader's language. Raises ``core.printing.NotPrinted``."""
    return Order(TEMPLATE, _data(consultation), moment=clock.now()).printed()


def _data(consultation: Consultation) -> dict[str, Any]:
    programme = the_programme()
    topics = programme.code_lists["advice_topic"]
    title = _("Report of a visit: %(place)s", place=consultation.municipality.name)
    return {
        "language": language(),
        "title": title,
        "author": programme.name,
        "funding": programme.funding_statement,
        "logos": logos_on_paper(),
        "lead": _("Fill it in during the visit, then enter it here: %(what)s.", what=kind_of(consultation)),
        "known": [{"label": label, "text": foldable(text)} for label, text in _known(consultation)],
        "topics": list(topics.labels(language())),
        "owners": [str(side.label) for side in Side],
        "rows": STEP_ROWS,
        "words": {
            "began": _("Began at"), "ended": _("Ended at"), "people": _("Number of people"),
            "note": _("Why it was much shorter or longer than usual"), "topics": _("Topics"),
            "summary": _("What the visit brought"), "steps": _("Next steps"), "what": _("What is to be done"),
            "who": _("Who does it"), "until": _("Until"), "leader": _("Signature for the partnership"),
            "animator": _("Signature of the animator"),
        },
    }  # fmt: skip


def _known(consultation: Consultation) -> list[tuple[str, str]]:
    today, partnership = clock.today(), consultation.partnership
    planned = clock.local(consultation.planned_start).date() if consultation.planned_start else today
    leader = partnership.leader(today) if partnership else None
    animator = (partnership.animator(planned) if partnership else None) or consultation.animator
    balance = balances_with_usual([consultation.municipality_id])[
        consultation.municipality_id, consultation.channel.pot
    ]
    left = _("%(free)s of %(granted)s", free=hours(balance.free), granted=hours(balance.granted))
    return [
        (_("Municipality"), consultation.municipality.name),
        (_("Visit"), kind_of(consultation)),
        (_("Agreed for"), moment(consultation.planned_start)),
        (_("Place"), consultation.place or "–"),
        (_("Leader"), leader.name if leader else "–"),
        (_("Animator"), animator.name if animator else "–"),
        (_("Hours left for visits"), left),
    ]
