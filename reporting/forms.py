"""Forms about reports."""

from datetime import date

from core.forms import BaseForm, Day, InputRequired
from core.i18n import _l
from reporting.errors import DaysNotInOrder
from reporting.rows import Span


class SpanForm(BaseForm):
    """In the address: a report for any days."""

    class Meta:
        csrf = False

    first = Day(_l("From"), validators=[InputRequired()])
    last = Day(_l("To"), validators=[InputRequired()])

    def span(self) -> Span | None:
        first, last = self.first.data, self.last.data
        if not isinstance(first, date) or not isinstance(last, date):
            return None
        if last < first:
            self.reject(DaysNotInOrder())
            return None
        return Span(first, last)
