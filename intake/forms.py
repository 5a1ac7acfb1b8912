"""Forms about files with records."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.forms import (
    REQUIRED,
    BaseForm,
    Checkbox,
    Choice,
    Hidden,
    InputRequired,
    Optional,
    Radio,
    SelectChoice,
    Text,
    Upload,
)
from core.i18n import _, _l
from core.sheets import LIMITS
from intake.cells import DAYS_FIRST, MONTHS_FIRST, Length
from intake.columns import Column
from intake.models import RecordKind
from intake.naming import Naming

XLSX = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEGABYTE = 1024 * 1024


class FileForm(BaseForm):
    file = Upload(
        _l("Workbook"),
        description=_l(
            "An .xlsx file of up to 10 MB and 10,000 rows. Nothing changes before you have seen what would change."
        ),
        validators=[InputRequired(_l("Choose the workbook to upload"))],
        render_kw={"accept": XLSX},
    )

    @staticmethod
    def most_bytes() -> int:
        return LIMITS.file_bytes


class RecordsForm(FileForm):
    kind = Choice(_l("What the rows are"), validators=[InputRequired(_l("Choose what the rows are"))])

    def offer(self, kinds: Sequence[RecordKind]) -> None:
        self.kind.choices = [
            SelectChoice("", _("Choose")), *(SelectChoice(kind.value, kind.label) for kind in kinds)
        ]  # fmt: skip


class PlanFileForm(BaseForm):
    file = Upload(
        _l("The approved file"),
        description=_l("A PDF, JPEG, PNG or DOCX of up to 10 MB, just as it was approved."),
        validators=[InputRequired(_l("Choose the file"))],
    )


class ApplyForm(BaseForm):
    """``seen``: the fingerprint of what the page showed."""

    seen = Hidden(validators=[InputRequired(REQUIRED)])
    invite = Checkbox(_l("Send the invitations now"))


class SheetForm(BaseForm):
    """Which sheet and which row of headings; read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    sheet = Choice(_l("Sheet"), validate_choice=False)
    header = Choice(_l("Row of the headings"), validate_choice=False)


class ColumnsForm(BaseForm):
    """What each column of the workbook means. Its fields are made for the workbook, see ``columns_form``."""

    sheet = Hidden()
    header = Hidden()
    day_order = Radio(
        _l("Days written as 03.04.2026 mean"),
        choices=[SelectChoice(DAYS_FIRST, _l("3 April")), SelectChoice(MONTHS_FIRST, _l("4 March"))],
        default=DAYS_FIRST,
        validators=[InputRequired(REQUIRED)],
    )
    unit = Radio(
        _l("Bare numbers of time are"),
        choices=[SelectChoice("hours", _l("hours")), SelectChoice("minutes", _l("minutes"))],
        default="hours",
        validators=[InputRequired(REQUIRED)],
    )

    @property
    def in_hours(self) -> bool:
        """Asked only where a column holds a length of time."""
        return "unit" not in self or self.unit.data != "minutes"

    def named(self) -> dict[int, str]:
        prefix = "column_"
        return {
            int(name.removeprefix(prefix)): field.data
            for name, field in self._fields.items()
            if name.startswith(prefix) and field.data
        }

    def defaults(self, named: Mapping[int, str]) -> dict[str, str]:
        prefix = "default_"
        given = {
            name.removeprefix(prefix): field.data
            for name, field in self._fields.items()
            if name.startswith(prefix) and field.data
        }
        return {key: text for key, text in given.items() if key not in named.values()}


def columns_form(
    columns: Sequence[Column], headings: Mapping[int, str], naming: Naming, *, sent: bool
) -> ColumnsForm:
    """With a choice for each column of the workbook, and a field for each value that may stand in all rows."""
    choices = [SelectChoice("", _("not read")), *(SelectChoice(one.key, _choice(one)) for one in columns)]
    fields: dict[str, Any] = {
        f"column_{number}": Choice(text or _("without a heading"), choices=choices, validators=[Optional()])
        for number, text in headings.items()
    }
    for column in columns:
        if column.default_offered:
            fields[f"default_{column.key}"] = Text(
                _("%(column)s, for all rows", column=column.label),
                description=_("Only where the workbook has no such column."),
                validators=[Optional()],
            )
    made = type("ColumnsOfThisWorkbook", (ColumnsForm,), fields)
    form: ColumnsForm = made() if sent else made(
        formdata=None,
        data={
            "sheet": naming.sheet, "header": str(naming.header), "day_order": naming.day_order,
            "unit": "hours" if naming.in_hours else "minutes",
            **{f"column_{number}": key for number, key in naming.columns.items()},
            **{f"default_{key}": text for key, text in naming.defaults.items()},
        },
    )  # fmt: skip
    if not any(isinstance(column.kind, Length) for column in columns):
        del form.unit
    return form


def _choice(column: Column) -> str:
    return f"{column.label} *" if column.required else str(column.label)
