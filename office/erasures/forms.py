"""Forms about erasure."""

from core.forms import BaseForm, Checkbox, Day, Email, InputRequired, Length, TextArea
from core.i18n import _l

_MOST = Length(max=500, message=_l("Use at most %(max)d characters"))


class RequestForm(BaseForm):
    address = Email(
        _l("E-mail address of the person"),
        description=_l("Of the account, or the one that a guest of webinars or a reader of news used."),
        validators=[InputRequired(_l("Enter the address")), _MOST],
    )
    received_on = Day(
        _l("Received on"),
        description=_l("It has to be answered within one month."),
        validators=[InputRequired(_l("Enter a day, for example 12.03.2026"))],
    )
    reason = TextArea(
        _l("How they asked"),
        description=_l("By letter, by mail, at the office. It goes with the person."),
        validators=[InputRequired(_l("Say how they asked")), _MOST],
    )


class EraseForm(BaseForm):
    sure = Checkbox(
        _l("I have checked that it is this person who asked; it cannot be undone"),
        validators=[InputRequired(_l("Tick that you have checked it"))],
    )


class RefuseForm(BaseForm):
    reason = TextArea(
        _l("Why nothing is erased"),
        description=_l("The person is told so, with their right to complain."),
        validators=[InputRequired(_l("Say why")), _MOST],
    )
