"""Forms about certificates."""

from core.forms import REQUIRED, BaseForm, Day, InputRequired, Length, Text, TextArea
from core.i18n import _l

AT_MOST = _l("Use at most %(max)d characters")


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
    held_on = Day(_l("Day of the webinar"), validators=[InputRequired(_l("Enter a day such as 23.02.2027"))])
