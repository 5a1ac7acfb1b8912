"""The forms at the end of a programme."""

from core.forms import BaseForm, Checkbox
from core.i18n import _l


class EndForm(BaseForm):
    early = Checkbox(_l("It ends before the planned last day"))


class WholeForm(BaseForm):
    with_partnerships = Checkbox(
        _l("With the file of each partnership as people read it"),
        description=_l(
            "Plans, minutes and consultations as PDF: it takes about a second for each partnership."
        ),
    )
