"""Forms about workbooks."""

from core.forms import BaseForm, InputRequired, Upload
from core.i18n import _, _l
from programme.queries import the_programme

MEGABYTE = 1024 * 1024


class UploadForm(BaseForm):
    file = Upload(
        _l("Filled-in workbook"),
        validators=[InputRequired(_l("Choose the workbook to upload"))],
        render_kw={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    )

    @property
    def most_megabytes(self) -> int:
        return the_programme().settings.import_max_mb

    @property
    def most_bytes(self) -> int:
        return self.most_megabytes * MEGABYTE

    @property
    def help(self) -> str:
        return _(
            "An .xlsx file of up to %(size)s MB. Nothing in the plan changes before you have seen what it would change.",
            size=self.most_megabytes,
        )
