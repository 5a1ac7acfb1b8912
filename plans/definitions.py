"""What a plan template is: sheets and columns, described once, in data files of the programme's profile.

The blank workbook, the export, the import check, the instructions on the page and the documentation are all made
from these definitions, so none of them can drift from the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from programme.code_lists import CodeLists
from programme.labels import Labels


class PlanKind(StrEnum):
    GENERAL = "general"
    ANNUAL = "annual"


class Layout(StrEnum):
    """How a sheet lies in the workbook."""

    RECORD = "record"
    """Label, key and value, row by row: one record on the sheet."""
    TABLE = "table"
    """Header in row 3, keys in row 4, a record in each row from row 5."""
    SUMMARY = "summary"
    """Formulas for people; ignored on import."""
    REMARKS = "remarks"
    """The reviewer's remarks; only the answer columns are read back."""


class ColumnType(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    WHOLE_NUMBER = "whole_number"
    DECIMAL = "decimal"
    MONEY = "money"
    YEAR = "year"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    REFERENCE = "reference"
    REFERENCES = "references"
    CODE = "code"
    """A row's own short name (N1, C2); an empty one is given by position."""
    EMAIL = "email"


class PersonalData(StrEnum):
    """What a column may hold about a person; anything else of that kind is refused in the cell."""

    NONE = "none"
    PERSON_NAME = "person_name"
    OFFICE_CONTACT = "office_contact"


@dataclass(frozen=True)
class ColumnDefinition:
    key: str
    label: Labels
    help: Labels
    type: ColumnType
    example: Labels
    required: bool = False
    required_when: tuple[str, str] | None = None
    """(column key, stored code): required only in rows where that column holds that code."""
    required_unless: str | None = None
    """Column key: required only in rows where that other column is empty."""
    code_list: str | None = None
    refers_to: str | None = None
    """Key of the sheet whose codes this column names; in an annual plan it may be a sheet of the general plan."""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int | None = None
    private: bool = False
    """Outside the content hash, and empty in every public page and file."""
    personal_data: PersonalData = PersonalData.NONE
    prefilled: bool = False
    """Filled from the register; a person need not type it."""
    width: int = 18

    @cached_property
    def is_plain_text(self) -> bool:
        """What stands in it is shown as it is."""
        return self.type in (ColumnType.TEXT, ColumnType.LONG_TEXT) and self.code_list is None

    @property
    def is_core(self) -> bool:
        """Somebody has to fill it, always or in some rows: it stands to the left and in the short workbook."""
        return self.required or self.required_when is not None or self.required_unless is not None


@dataclass(frozen=True)
class SheetDefinition:
    key: str
    name: str
    """As the tab is called in the workbook, e.g. ``2_Diagnoza``."""
    title: Labels
    help: Labels
    layout: Layout
    columns: tuple[ColumnDefinition, ...]
    min_rows: int = 0
    """Rows a plan needs on this sheet to be submitted."""
    in_short: bool = False
    """Part of the short workbook, there with its required columns only."""
    code_column: str | None = None
    code_prefix: str | None = None
    text_column: str | None = None
    """The column people recognise a row by; a reference may also be written as this text."""

    def column(self, key: str) -> ColumnDefinition:
        return next(column for column in self.columns if column.key == key)

    def has_column(self, key: str) -> bool:
        return any(column.key == key for column in self.columns)


@dataclass(frozen=True)
class GeneralSheet:
    """A sheet of the general plan as an annual plan sees it: what its rows are called."""

    code_column: str
    code_prefix: str
    text_column: str


@dataclass(frozen=True)
class TemplateDefinition:
    kind: PlanKind
    code: str
    """``PLAN-OGOLNY`` or ``PLAN-ROCZNY``, written into the workbook's Meta sheet."""
    version: int
    title: Labels
    help: Labels
    sheets: tuple[SheetDefinition, ...]
    general_sheets: Mapping[str, GeneralSheet] = field(default_factory=dict)
    """Sheets of the general plan that columns here refer to, by their keys."""
    renamed_keys: Mapping[str, str] = field(default_factory=dict)
    """``sheet.column`` of the version before -> ``sheet.column`` here, for columns that changed their name."""

    code_lists: CodeLists = field(default_factory=dict)
    """Lists that this version brings itself, by names of its own (``form_general_2``)."""
    replaced_codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """In those lists: a code of the version before -> the one that stands for it here."""

    def sheet(self, key: str) -> SheetDefinition:
        return next(sheet for sheet in self.sheets if sheet.key == key)

    def find_sheet(self, key: str) -> SheetDefinition | None:
        return next((sheet for sheet in self.sheets if sheet.key == key), None)

    @property
    def content_sheets(self) -> tuple[SheetDefinition, ...]:
        """Sheets that hold the plan itself, in order."""
        return tuple(sheet for sheet in self.sheets if sheet.layout in (Layout.RECORD, Layout.TABLE))


# Values as they are stored and compared. Text is NFC without surrounding space; a number with decimals is its shortest
# decimal string ("1250.5"); a date is ISO; a choice is its code; choices and references are lists of codes.
Value = str | int | list[str]


@dataclass(frozen=True)
class PlanRow:
    row_uid: str
    values: Mapping[str, Value]
    """Only filled columns: an empty cell has no key."""


@dataclass(frozen=True)
class PlanContent:
    """The rows of a plan by sheet key, in the order people gave them."""

    sheets: Mapping[str, tuple[PlanRow, ...]] = field(default_factory=dict)

    def rows(self, sheet_key: str) -> tuple[PlanRow, ...]:
        return self.sheets.get(sheet_key, ())
