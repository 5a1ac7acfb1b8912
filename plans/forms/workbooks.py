"""Forms about workbooks."""

from core.forms import BaseForm, InputRequired, Upload
from core.i18n import _l


class UploadForm(BaseForm):
    file = Upload(
        _l("Filled-in workbook"),
        description=_l(
            "An .xlsx file of up to 5 MB. Nothing in the plan changes before you have seen what it would change."
        ),
        validators=[InputRequired(_l("Choose the workbook to upload"))],
        render_kw={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    )
