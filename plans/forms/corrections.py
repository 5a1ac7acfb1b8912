"""The form around the findings. Its fields are as many as there are cells to put right (plans/correction_page.py)."""

from core.forms import BaseForm, Hidden


class CorrectionForm(BaseForm):
    seen = Hidden()
    """The state that the person looked at."""
    only = Hidden()
    """The finding whose button was pressed; empty: all of them."""
