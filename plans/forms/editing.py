"""The form of one row. Its fields are the columns of its sheet (plans/editing/row_page.py)."""

from core.forms import BaseForm, Hidden


class RowForm(BaseForm):
    seen = Hidden()
    """The state of the plan that the form was opened with."""
    began = Hidden()
    """The same at first, where the form came back because of somebody else's change."""
    like = Hidden()
    """The row that a new one was copied from."""
    then = Hidden()
    """What comes after saving: nothing, or the next row."""
