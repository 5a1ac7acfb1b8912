"""Forms about certificates."""

from core.forms import AT_MOST, NO_DAY, REQUIRED, BaseForm, Day, InputRequired, Length, Text, TextArea
from core.i18n import _l


class RevokeForm(BaseForm):
    reason = TextArea(
        _l("Reason"),
        validators=[InputRequired(REQUIRED), Length(max=300, message=AT_MOST)],
        description=_l(
            "It stands in the history. The public page says only that the certificate is not valid."
        ),
    )


class CheckForm(BaseForm):
    number = Text(
        _l("Number of the certificate"),
        validators=[InputRequired(REQUIRED), Length(max=40, message=AT_MOST)],
        description=_l("Such as W/2026/00012"),
    )
    held_on = Day(_l("Day of the webinar"), validators=[InputRequired(NO_DAY)])
