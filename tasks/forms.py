"""The form of a waiver."""

from core.forms import BaseForm, InputRequired, Length, TextArea
from core.i18n import _l


class WaiveForm(BaseForm):
    reason = TextArea(
        _l("Why this partnership need not do it"),
        validators=[InputRequired(), Length(max=500)],
        description=_l("Everybody who sees the partnership reads it, and it goes with every report."),
    )
