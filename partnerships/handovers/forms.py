"""Forms about hand-overs and the terms of deputies."""

from core.forms import AT_MOST, NO_DAY, BaseForm, Checkbox, Day, InputRequired, Length, Optional, TextArea
from core.i18n import _l
from partnerships.forms import OrganisationForm, PersonForm

MOST = Length(max=300, message=AT_MOST)


class RequestHandoverForm(PersonForm, OrganisationForm):
    effective_on = Day(
        _l("First day of the new leader"),
        description=_l("Rights change at the start of this day."),
        validators=[InputRequired(NO_DAY)],
    )
    note = TextArea(
        _l("A word to them"),
        description=_l("Whoever is asked reads it, and so does the animator who confirms."),
        validators=[Optional(), Length(max=1000, message=AT_MOST)],
    )


class ReasonForm(BaseForm):
    reason = TextArea(
        _l("Reason"),
        description=_l("The people concerned read it in their mail."),
        validators=[Optional(), MOST],
    )


class GivenReasonForm(BaseForm):
    reason = TextArea(
        _l("Reason"),
        description=_l("The people concerned read it in their mail."),
        validators=[InputRequired(_l("Say why: the others read it in their mail")), MOST],
    )


class ChangeDeputyForm(BaseForm):
    can_submit = Checkbox(_l("May submit plans for approval"))
    can_publish = Checkbox(_l("May publish approved plans"))
    ends_on = Day(
        _l("Last day"), description=_l("Empty: until somebody ends the term."), validators=[Optional()]
    )
