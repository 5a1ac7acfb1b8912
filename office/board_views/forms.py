"""Forms about views of the board."""

from core.forms import AT_MOST, REQUIRED, BaseForm, Checkbox, Hidden, InputRequired, Length, Text
from core.i18n import _l
from office.board_views.models import LONGEST_NAME


class ViewForm(BaseForm):
    name = Text(
        _l("Name"),
        validators=[
            InputRequired(REQUIRED),
            Length(max=LONGEST_NAME, message=AT_MOST),
        ],
    )
    is_shared = Checkbox(_l("Show it to everybody of the office"))
    is_default = Checkbox(_l("Open my board with it"))


class NewViewForm(ViewForm):
    question = Hidden()
