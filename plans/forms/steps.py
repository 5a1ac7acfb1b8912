"""Forms of the steps that need a word: why, or what one advises."""

from core.forms import BaseForm, InputRequired, Length, TextArea
from core.i18n import _l
from core.personal_fields import NoPesel


class ReasonForm(BaseForm):
    reason = TextArea(
        _l("Reason"),
        description=_l("The others are told, and it is kept with the plan."),
        validators=[InputRequired(_l("Say why")), NoPesel(), Length(max=2000)],
    )


class FeedbackForm(BaseForm):
    text = TextArea(
        _l("Your advice"),
        description=_l("The leader receives it by mail. It is advice, not a decision."),
        validators=[InputRequired(_l("Write your advice")), NoPesel(), Length(max=4000)],
    )
