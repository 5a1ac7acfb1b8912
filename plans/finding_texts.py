"""Findings in words: where, what is wrong, what is expected, an example; equal ones told once with all their cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.i18n import _, in_language
from core.i18n import language as language_in_force
from plans.columns import expected as expected_value
from plans.definitions import ColumnDefinition, Layout, SheetDefinition, TemplateDefinition
from plans.findings import Finding, FindingCode, Severity
from plans.reasons import NOT_NAMED, REASONS, ReasonText
from plans.values.numbers import number_text, read_number
from plans.values.problems import Unreadable
from programme.code_lists import CodeLists

NAMES_OF_COLUMNS = ("other", "total_column")
FIGURES = (
    *("minimum", "maximum", "length", "part", "total", "planned", "general", "target", "baseline"),
    *("persons", "size", "trainings", "hours"),
)
IN_BOTH_LANGUAGES = ("column", "before", "was", "after")
"""Names of a template version that is not the one at hand: the finding brings them along."""

OF_ONE_CELL = frozenset({"found", "row"})
"""Params in which findings may differ and still be told together."""

MOST_NAMED = 3


@dataclass(frozen=True)
class FindingText:
    """One finding, or several equal ones, as people read it."""

    code: FindingCode
    severity: Severity
    sheet: str | None
    cells: tuple[str, ...]
    """As people see them: ``D7``, or ``row 3`` where there is no workbook."""
    column: str
    problem: str
    expected: str
    example: str
    findings: tuple[Finding, ...]

    @property
    def where(self) -> str:
        """``2_Diagnoza, D7, Priorytet``"""
        return ", ".join(part for part in (self.sheet, " ".join(self.cells), self.column) if part)

    @property
    def wrong(self) -> str:
        return self.problem


@dataclass(frozen=True)
class SheetFindings:
    sheet: str | None
    """None for the whole file."""
    findings: tuple[FindingText, ...]


def describe(
    finding: Finding,
    definition: TemplateDefinition,
    language: str | None = None,
    *,
    code_lists: CodeLists | None = None,
) -> FindingText:
    """One finding in words. With ``code_lists`` a wrong choice is answered by what could have been chosen."""
    language = language or language_in_force()
    with in_language(language):
        return _Words(definition, language, code_lists).text([finding])


def group_equal(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that say the same about one column of one sheet, in the order of the first of each."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        said = frozenset((key, text) for key, text in finding.params.items() if key not in OF_ONE_CELL)
        place = (finding.sheet_key, finding.column_key)
        groups.setdefault((*place, finding.severity, finding.reason, finding.suggestion, said), []).append(
            finding
        )
    return list(groups.values())


def group_findings(
    findings: Iterable[Finding],
    definition: TemplateDefinition,
    language: str | None = None,
    *,
    code_lists: CodeLists | None = None,
) -> list[SheetFindings]:
    """Sheet by sheet, what concerns the whole file first."""
    language = language or language_in_force()
    with in_language(language):
        words = _Words(definition, language, code_lists)
        by_sheet: dict[str | None, list[FindingText]] = {}
        for group in group_equal(findings):
            by_sheet.setdefault(group[0].sheet_key, []).append(words.text(group))
    ranks = {None: 0} | {sheet.key: rank for rank, sheet in enumerate(definition.sheets, start=1)}
    keys = sorted(by_sheet, key=lambda key: ranks.get(key, len(ranks)))
    return [SheetFindings(by_sheet[key][0].sheet, tuple(by_sheet[key])) for key in keys]


class _Words:
    """Everything about one template in one language."""

    def __init__(self, definition: TemplateDefinition, language: str, code_lists: CodeLists | None) -> None:
        self._definition, self._language, self._code_lists = definition, language, code_lists

    def text(self, findings: Sequence[Finding]) -> FindingText:
        finding = findings[0]
        sheet = self._definition.find_sheet(finding.sheet_key or "")
        column = _column(sheet, finding)
        reason = REASONS[finding.reason]
        params = self._params(findings, sheet, column)
        return FindingText(
            code=finding.code,
            severity=finding.severity,
            sheet=sheet.name if sheet else None,
            cells=tuple(filter(None, (self._cell(one, sheet) for one in findings))),
            column=column.label.in_language(self._language) if column else "",
            problem=_problem(reason, params),
            expected=_expected(reason, params, finding.suggestion),
            example=column.example.in_language(self._language) if column and reason.shows_example else "",
            findings=tuple(findings),
        )

    def _cell(self, finding: Finding, sheet: SheetDefinition | None) -> str | None:
        if finding.cell or sheet is None or sheet.layout is Layout.RECORD or "row" not in finding.params:
            return finding.cell
        return str(_("row %(number)s")) % {"number": finding.params["row"]}

    def _params(
        self, findings: Sequence[Finding], sheet: SheetDefinition | None, column: ColumnDefinition | None
    ) -> dict[str, str]:
        params = dict(findings[0].params)
        found = [one.params["found"] for one in findings if "found" in one.params]
        if found:
            params["found"] = _some(found)
        for key in params.keys() & set(FIGURES):
            params[key] = _figure(params[key], self._language)
        for key in params.keys() & set(NAMES_OF_COLUMNS):
            params[key] = self._label(sheet, params[key])
        for key in [one for one in IN_BOTH_LANGUAGES if f"{one}_{self._language}" in params]:
            params[key] = params[f"{key}_{self._language}"]
        if "refers_to" in params:
            params["refers_to"] = self._sheet_name(params["refers_to"])
        return params | {"wanted": self._wanted(column)}

    def _label(self, sheet: SheetDefinition | None, key: str) -> str:
        known = sheet is not None and sheet.has_column(key)
        return sheet.column(key).label.in_language(self._language) if sheet and known else key

    def _sheet_name(self, key: str) -> str:
        sheet = self._definition.find_sheet(key)
        return sheet.name if sheet else str(_("of the general plan"))

    def _wanted(self, column: ColumnDefinition | None) -> str:
        if column is None:
            return ""
        if column.code_list is not None and self._code_lists is None:
            return str(_("a value from the list"))
        return expected_value(column, self._code_lists or {}, self._language)


def _column(sheet: SheetDefinition | None, finding: Finding) -> ColumnDefinition | None:
    if sheet is None or finding.column_key is None or not sheet.has_column(finding.column_key):
        return None
    return sheet.column(finding.column_key)


def _problem(reason: ReasonText, params: Mapping[str, str]) -> str:
    sentence = str(reason.problem)
    if "%(found)s" in sentence and "found" not in params:
        sentence = str(NOT_NAMED)
    return sentence % params


def _expected(reason: ReasonText, params: Mapping[str, str], suggestion: str | None) -> str:
    sentences = [str(reason.expected) % params] if reason.expected is not None else []
    if suggestion:
        sentences.append(str(_("Perhaps you mean: %(suggestion)s.")) % {"suggestion": suggestion})
    return " ".join(sentences)


def _some(texts: Sequence[str]) -> str:
    named = list(dict.fromkeys(texts))
    return ", ".join(named[:MOST_NAMED]) + (" …" if len(named) > MOST_NAMED else "")


def _figure(text: str, language: str) -> str:
    try:
        return number_text(read_number(text, guess_groups=False), language, grouped=True)
    except Unreadable:
        return text
