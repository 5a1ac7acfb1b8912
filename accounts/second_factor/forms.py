"""Forms of the second step."""

from core.forms import REQUIRED, BaseForm, InputRequired, Length, Text
from core.i18n import _l


class CodeForm(BaseForm):
    code = Text(
        _l("Code"),
        description=_l("Six digits from the app, or one of your recovery codes."),
        validators=[InputRequired(REQUIRED), Length(max=40)],
    )


class FirstCodeForm(BaseForm):
    code = Text(
        _l("Code that the app shows"),
        description=_l("Six digits. They change every half minute."),
        validators=[InputRequired(REQUIRED), Length(max=40)],
    )
