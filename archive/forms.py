"""The form at the end of a programme."""

from core.forms import BaseForm, Checkbox
from core.i18n import _l


class EndForm(BaseForm):
    early = Checkbox(_l("It ends before its last day"))
