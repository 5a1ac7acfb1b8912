"""A kind of records as data: its columns, what each may hold, and the headings people give them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.i18n import LANGUAGES, LazyString, _l, in_language
from core.personal_data import PersonalKind
from core.sheets import Column as SheetColumn
from core.sheets import Sheet
from core.text import fold
from core.workbooks.kinds import Kind
from intake.cells import Code, Named, worded
from intake.findings import ColumnWords
from municipalities.models import MunicipalityKind

NOTHING_PERSONAL: frozenset[PersonalKind] = frozenset()
NAMES = frozenset({PersonalKind.NAME_LIST})
ADDRESSES = frozenset({PersonalKind.EMAIL})
CONTACTS = frozenset({PersonalKind.EMAIL, PersonalKind.PHONE})


@dataclass(frozen=True)
class Column:
    key: str
    label: LazyString
    kind: Kind[Any]
    required: bool = False
    help: LazyString | str = ""
    example: str = ""
    also: tuple[str, ...] = ()
    """Other headings that mean it, in any language."""
    allows: frozenset[PersonalKind] = NOTHING_PERSONAL
    office_only: bool = False
    """A private mailbox or a person's name in it is refused as well."""
    is_told: bool = True
    """False: in exports for the eye only; no file can change it."""
    default_offered: bool = False
    """One value for all rows may be given where the workbook has no such column."""

    def words(self) -> ColumnWords:
        example = self.example if isinstance(self.kind, Named) else ""
        return ColumnWords(str(self.label), self.kind.expected(), example)


def headings_of(columns: Iterable[Column]) -> dict[str, str]:
    """Folded heading -> key, in any language."""
    known: dict[str, str] = {}
    for column in columns:
        if column.is_told:
            for text in (column.key, *column.also):
                known.setdefault(folded(text), column.key)
    for language in LANGUAGES:
        with in_language(language):
            for column in columns:
                if column.is_told:
                    known[folded(str(column.label))] = column.key
    return known


def folded(heading: str) -> str:
    """What two ways of writing a heading have in common."""
    return " ".join(
        fold(heading).replace("*", " ").replace("/", " ").replace(":", " ").replace(".", " ").split()
    )


def sheet_of(name: str | LazyString, columns: Sequence[Column], row: Any = dict) -> Sheet[Any]:
    """The same columns as a sheet: its blank template and its export."""
    return Sheet(
        row,
        {
            column.key: SheetColumn(
                column.label, column.kind, column.help, column.required, value=_getter(column.key)
            )
            for column in columns
        },
        name=name,
    )


def _getter(key: str) -> Any:
    return lambda row: row[key]


def words_of(columns: Iterable[Column]) -> Mapping[str, ColumnWords]:
    return {column.key: column.words() for column in columns}


KINDS_OF_PLACE = worded(
    {kind: kind.label for kind in MunicipalityKind},
    miejska=MunicipalityKind.URBAN,
    gmina_miejska=MunicipalityKind.URBAN,
    miasto=MunicipalityKind.URBAN,
    wiejska=MunicipalityKind.RURAL,
    gmina_wiejska=MunicipalityKind.RURAL,
    miejsko_wiejska=MunicipalityKind.URBAN_RURAL,
    gmina_miejsko_wiejska=MunicipalityKind.URBAN_RURAL,
    m=MunicipalityKind.URBAN,
    w=MunicipalityKind.RURAL,
    mw=MunicipalityKind.URBAN_RURAL,
)

PLACE_COLUMNS = (
    Column(
        "code",
        _l("Territorial code"),
        Code(),
        help=_l("Seven digits. With it no other column is needed to know the municipality."),
        example="1602022",
        also=(
            "Kod TERYT",
            "TERYT",
            "kod gminy",
            "teryt gminy",
            "kod terytorialny",
            "identyfikator",
            "JST kod",
            "code",
        ),
    ),
    Column(
        "municipality",
        _l("Municipality"),
        Named(120),
        help=_l("Its name. Where several have it, add the code or the county and the type."),
        example="Dobra",
        also=(
            "Gmina",
            "nazwa gminy",
            "nazwa jst",
            "JST",
            "miejscowość",
            "gmina / miasto",
            "miasto / gmina",
            "samorząd",
        ),
    ),
    Column(
        "kind",
        _l("Type of municipality"),
        KINDS_OF_PLACE,
        also=("Typ gminy", "rodzaj gminy", "rodzaj", "typ jst", "type"),
    ),
    Column("county", _l("County"), Named(80), also=("Powiat", "nazwa powiatu", "pow.")),
    Column("voivodeship", _l("Voivodeship"), Named(80), also=("Województwo", "woj.", "woj")),
)
PLACE_KEYS = tuple(column.key for column in PLACE_COLUMNS)
