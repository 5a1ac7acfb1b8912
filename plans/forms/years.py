"""Forms of a year under way. The one of a result has its fields from the template (plans/years/results.py)."""

from core.forms import BaseForm, Checkbox
from core.i18n import _l


class SharedForm(BaseForm):
    totals = Checkbox(
        _l("The totals, with the programme office"),
        description=_l(
            "Numbers of trainings, people and hours, and what they cost. No training is shown, and no number under 5 of women, people aged 60 or more or people with disabilities."
        ),
    )
    animator = Checkbox(
        _l("The whole plan, with our animator"),
        description=_l("To read and to give advice. The animator decides nothing about it."),
    )
