"""Whose workbook is this? Answered before anything else of an upload is looked at."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.workbooks.raw import CellError, CellValue, RawSheet, RawWorkbook
from plans.definitions import Layout, SheetDefinition, TemplateDefinition
from plans.findings import Finding, FindingCode, Severity
from plans.values.text import as_text, clean_line
from plans.workbooks.fields import read_fields
from plans.workbooks.headers import Names, find_sheets, names_of
from plans.workbooks.layout import META_SHEET, PUBLIC

Definitions = Callable[[str, int], TemplateDefinition | None]
"""The template of this code and version, if the programme accepts it."""

META = Names(
    (
        *("template_code", "template_version", "plan_uid", "municipality_code", "programme"),
        *("base_version", "base_hash", "language", "audience", "answers"),
    ),
    {},
)
TERRITORIAL_CODE = "teryt"
_ANSWERED = re.compile(r"([\w-]{1,40}):([0-9a-f]{8})(?= |$)")
CODE_DIGITS = 7


@dataclass(frozen=True)
class Expected:
    """What the upload has to be; the page it came in on knows."""

    template_code: str
    template_version: int
    """The version the plan follows; a workbook of an older one is brought up to it."""
    municipality_codes: frozenset[str]
    """The municipality's code now and before: a workbook downloaded before a change of code still fits."""
    programme: str
    plan_uid: str
    accepted: frozenset[int] | None = None
    """The template versions taken today; None: whichever is known."""
    followed: int | None = None
    """The version to take a workbook without Meta for, if that is not ``template_version``."""
    own_texts: tuple[str, ...] = ()
    """What its workbooks bring along and nobody typed into them: remarks and answers."""


@dataclass(frozen=True)
class FoundIdentity:
    template_code: str
    template_version: int
    language: str
    base_version: int | None = None
    base_hash: str | None = None
    for_everybody: bool = False
    """A public file: what its private columns leave out is not missing from the plan."""
    has_meta: bool = True
    """False where the Meta sheet is gone and the sheets themselves had to tell."""
    answered: Mapping[str, str] = field(default_factory=dict)
    """``answer_marks`` of the answers it was downloaded with."""


class WrongFile(Exception):
    """Not a workbook for this plan. The finding says in which way, and nothing of what the file holds."""

    def __init__(self, reason: str, code: FindingCode = FindingCode.WRONG_FILE, **params: str) -> None:
        super().__init__(reason)
        self.finding = Finding(code, Severity.ERROR, reason, params=params)


def identify(
    workbook: RawWorkbook, definition_for: Definitions, expected: Expected
) -> tuple[FoundIdentity, TemplateDefinition]:
    """Which template the workbook follows, or ``WrongFile``."""
    meta = _meta(workbook)
    found = _from_meta(meta, expected) if meta else _from_sheets(workbook, definition_for, expected)
    definition = definition_for(found.template_code, found.template_version)
    accepted = expected.accepted is None or found.template_version in expected.accepted
    if definition is None or not accepted:
        newer = found.template_version > expected.template_version
        reason = "newer_template" if newer else "retired_template"
        raise WrongFile(reason, FindingCode.TEMPLATE_NOT_ACCEPTED, found=str(found.template_version))
    return found, definition


def told_plan(workbook: RawWorkbook) -> tuple[str, int | None]:
    """The plan and the number of its version that a workbook says it is of; an empty text where it says nothing."""
    meta = _meta(workbook)
    return meta.get("plan_uid", ""), _whole(meta.get("base_version", ""))


def _meta(workbook: RawWorkbook) -> dict[str, str]:
    named = workbook.sheet(META_SHEET)
    for sheet in (named,) if named else workbook.sheets:
        fields = {field.key: _plain(field.value) for field in read_fields(sheet, META)}
        if fields.get("template_code"):
            return fields
    return {}


def _plain(value: CellValue | CellError | None) -> str:
    return "" if value is None or isinstance(value, CellError) else clean_line(as_text(value, "en"))


def _from_meta(meta: dict[str, str], expected: Expected) -> FoundIdentity:
    """Kind, programme, municipality, plan, in this order: the first that differs is the answer."""
    codes = {code.zfill(CODE_DIGITS) for code in expected.municipality_codes}
    if meta["template_code"] != expected.template_code:
        raise WrongFile("wrong_template")
    if meta.get("programme") != expected.programme:
        raise WrongFile("wrong_programme")
    if meta.get("municipality_code", "").zfill(CODE_DIGITS) not in codes:
        raise WrongFile("wrong_municipality")
    if meta.get("plan_uid", "") not in ("", expected.plan_uid):
        raise WrongFile("wrong_plan")
    version = _whole(meta.get("template_version", ""))
    if version is None:
        raise WrongFile("template_not_accepted", FindingCode.TEMPLATE_NOT_ACCEPTED)
    return FoundIdentity(
        meta["template_code"],
        version,
        meta.get("language", ""),
        base_version=_whole(meta.get("base_version", "")),
        base_hash=meta.get("base_hash") or None,
        for_everybody=meta.get("audience") == PUBLIC,
        answered=dict(_ANSWERED.findall(meta.get("answers", ""))),
    )


def whole_code(raw: CellValue | CellError | None) -> CellValue | CellError | None:
    """A territorial code that a program made a number of has lost the zero in front."""
    is_whole = isinstance(raw, Decimal) and raw == raw.to_integral_value() and 0 < raw < 10**CODE_DIGITS
    return f"{raw:0{CODE_DIGITS}f}" if is_whole else raw


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _from_sheets(workbook: RawWorkbook, definition_for: Definitions, expected: Expected) -> FoundIdentity:
    """Without Meta: the sheets have to be this plan's, and the municipality's code has to stand in them."""
    definition = definition_for(expected.template_code, expected.followed or expected.template_version)
    if definition is None:
        raise WrongFile("not_recognised")
    sheets = find_sheets(workbook, definition.content_sheets)
    tables = [
        sheet for sheet in definition.content_sheets if sheet.layout is Layout.TABLE and sheet.key in sheets
    ]
    code = _territorial_code(sheets, definition)
    if not tables or code is None:
        raise WrongFile("not_recognised")
    if code not in {known.zfill(CODE_DIGITS) for known in expected.municipality_codes}:
        raise WrongFile("wrong_municipality")
    return FoundIdentity(definition.code, definition.version, "", has_meta=False)


def _territorial_code(sheets: dict[str, RawSheet], definition: TemplateDefinition) -> str | None:
    for sheet in definition.content_sheets:
        if sheet.layout is Layout.RECORD and sheet.has_column(TERRITORIAL_CODE) and sheet.key in sheets:
            return _code_on(sheets[sheet.key], sheet)
    return None


def _code_on(raw: RawSheet, sheet: SheetDefinition) -> str | None:
    fields = {field.key: field.value for field in read_fields(raw, names_of(sheet.columns))}
    text = _plain(fields.get(TERRITORIAL_CODE)).replace(" ", "")
    return text.zfill(CODE_DIGITS) if text else None
