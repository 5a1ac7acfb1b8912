"""What is to be corrected in a file: which cells, what is wrong, what belongs there, an example; equal ones told once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from core.i18n import LazyString, _, _l
from core.labels import LabelledEnum, Tone

MOST_KEPT = 2_000
"""Findings of one file; a file with more is the wrong file."""
MOST_CELLS = 12
"""Named in one finding; the others are counted."""
MOST_FOUND = 3


class Severity(LabelledEnum):
    ERROR = "error", _l("Error"), Tone.DANGER
    WARNING = "warning", _l("Warning"), Tone.WARNING
    INFO = "info", _l("For information"), Tone.INFO


@dataclass(frozen=True, slots=True)
class Finding:
    reason: str
    severity: Severity = Severity.ERROR
    column: str | None = None
    """The key of the column; None where a whole row or the file is meant."""
    cell: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    """Plain texts, never personal data."""
    suggestion: str | None = None

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Finding":
        return cls(**{**data, "severity": Severity(data["severity"])})


REASONS: dict[str, tuple[LazyString, LazyString | None]] = {
    "missing_column": (_l("No column is named “%(column)s”."), _l("Name the column that holds it.")),
    "no_rows": (_l("There are no rows below the headings."), None),
    "required": (_l("The cell is empty."), None),
    "unreadable": (_l("“%(found)s” cannot be read."), None),
    "cell_error": (_l("The cell shows an error of its formula."), None),
    "not_in_list": (_l("“%(found)s” is not on the list."), None),
    "pesel": (
        _l("There is a PESEL number here. The cell is left out and not kept."),
        _l("PESEL numbers are never entered."),
    ),
    "phone": (
        _l("There is a phone number here. The cell is left out and not kept."),
        _l("Phone numbers do not belong here."),
    ),
    "email": (
        _l("There is an e-mail address here. The cell is left out and not kept."),
        _l("Addresses do not belong here."),
    ),
    "name_list": (
        _l("There are names of people here. The cell is left out and not kept."),
        _l("Write how many people, not who."),
    ),
    "private_mailbox": (
        _l("This looks like a private mailbox. It is kept."),
        _l("An address of the organisation is better."),
    ),
    "full_name": (
        _l("This is somebody's name. The cell is left out and not kept."),
        _l("Enter a function, such as head teacher."),
    ),
    "no_place": (_l("It is not said which municipality the row is about."), _l("Enter its code, or its name and county.")),
    "unknown_code": (
        _l("No municipality has the code %(found)s."),
        _l("Check the code in the list of municipalities."),
    ),
    "ended_place": (_l("The municipality with the code %(found)s no longer exists."), _l("Enter today's municipality.")),
    "unknown_place": (_l("No municipality is called “%(found)s”."), None),
    "twins": (
        _l("%(count)s municipalities are called “%(found)s”."),
        _l("Add the code, or the county and the type: %(choices)s."),
    ),
    "place_differs": (
        _l("The code belongs to %(place)s, not to “%(found)s”."),
        _l("Correct the code or the name."),
    ),
    "old_code": (_l("The code is an old one; today it is %(code)s."), None),
    "other_place": (_l("The row is about another municipality than this partnership's."), None),
    "no_partnership": (
        _l("%(place)s has no partnership yet."),
        _l("Enter the partnership first, or bring it with the list of municipalities."),
    ),
    "repeated": (_l("The same as in row %(first)s. The row is left out."), None),
    "added_up": (
        _l("Counted together with row %(first)s: people without an account are kept as a number."),
        None,
    ),
    "known_by_now": (
        _l("Somebody without an account is counted here already. It is taken for this person, who has one by now."),
        _l("If it was somebody else, take the row out and enter the person on the webinar's page."),
    ),
    "length_stays": (
        _l("A consultation of this day is entered already with another length. It stays as it is."),
        _l("Correct it on its own page."),
    ),
    "same_day": (
        _l("A consultation of this day and channel is entered already with another length. This one comes beside it."),
        _l("If it is the same one, take the row out: its length is corrected on its own page."),
    ),
    "animator_changes": (
        _l("Another animator advises here from today. Nobody is told of it by e-mail."),
        _l("Tell those concerned, or assign on the page: it writes to them."),
    ),
    "leader_name_stays": (
        _l("The leader with this address has another name here. It is not changed by a file."),
        _l("The leader can correct it in their account."),
    ),
    "leader_organisation_stays": (
        _l("The leader comes from another organisation here. It is not changed by a file."),
        None,
    ),
    "says_no": (_l("%(sentence)s"), None),
    "no_animator": (_l("No animator has this name or address."), _l("Enter the address of somebody with the animator's role.")),
    "several_people": (_l("Several animators have this name."), _l("Enter the e-mail address.")),
    "leader_halves": (
        _l("A leader needs a name and an e-mail address."),
        _l("Fill in both, or leave both empty."),
    ),
    "another_leader": (
        _l("%(place)s has another leader already."),
        _l("Hand over on the partnership's page, then bring the file again."),
    ),
    "leads_elsewhere": (_l("This person leads two municipalities of this file."), _l("Check both rows.")),
    "organisation_needs_leader": (
        _l("An organisation of the leader comes with its leader."),
        _l("Fill in the leader's name and e-mail address."),
    ),
    "suspended": (_l("This person's account is closed."), _l("The office can open it again.")),
    "type_stays": (_l("The type of an organisation is not changed by a file."), None),
    "not_read": (_l("These columns are not read: %(found)s."), None),
    "sheets_not_read": (
        _l("These sheets are not read: %(found)s."),
        _l("Bring the workbook once more for each, and choose the sheet where its columns are named."),
    ),
    "beyond_budget": (_l("More than the pot holds: %(minutes)s minutes too many."), _l("Check the number; it is kept as it is.")),
    "counted_singly": (
        _l("%(minutes)s minutes of consultations up to this day are entered one by one. These hours come beside them."),
        _l("Enter only hours for which no consultation is entered."),
    ),
    "counted_as_whole": (
        _l("The hours used up to %(day)s are entered as a whole. This consultation comes beside them."),
        _l("If they hold it already, bring a file of hours used with fewer, or take the row out."),
    ),
    "no_edition": (_l("The edition is not known yet: it will be entered."), None),
    "initiates": (_l("The earliest meeting is the initiating one. It is entered as such."), None),
    "years": (_l("The last year lies before the first."), None),
    "total_row": (_l("This looks like a row of totals. It is left out."), None),
    "future": (_l("The day lies in the future."), _l("Records say what has happened.")),
}  # fmt: skip


@dataclass(frozen=True)
class FindingText:
    """One finding, or several equal ones, in the words of ``components/findings.html``."""

    severity: Severity
    cells: tuple[str, ...]
    column: str
    problem: str
    expected: str
    example: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class SheetFindings:
    sheet: str | None
    findings: tuple[FindingText, ...]


@dataclass(frozen=True)
class ColumnWords:
    """What a column is called, what belongs there, and an example."""

    label: str
    expected: str
    example: str


def in_words(
    findings: Iterable[Finding], columns: Mapping[str, ColumnWords], sheet: str | None
) -> list[SheetFindings]:
    """Errors first, in the order of the file; equal ones as one."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        said = frozenset((key, text) for key, text in finding.params.items() if key not in ("found", "first"))
        key = (finding.column, finding.severity, finding.reason, finding.suggestion, said)
        groups.setdefault(key, []).append(finding)
    rank = {severity: number for number, severity in enumerate(Severity)}
    ordered = sorted(groups.values(), key=lambda group: rank[group[0].severity])
    texts = tuple(_text(group, columns) for group in ordered)
    return [SheetFindings(sheet, texts)] if texts else []


def _text(group: Sequence[Finding], columns: Mapping[str, ColumnWords]) -> FindingText:
    first = group[0]
    problem, expected = REASONS[first.reason]
    words = columns.get(first.column or "", ColumnWords("", "", ""))
    params = {**first.params, **_several(group)}
    wanted = str(expected) % params if expected is not None else _of_column(first, words)
    if first.suggestion:
        guess = _("Perhaps you mean: %(suggestion)s.", suggestion=first.suggestion)
        wanted = f"{wanted} {guess}".strip()
    return FindingText(
        severity=first.severity,
        cells=_cells(group),
        column=words.label,
        problem=str(problem) % params,
        expected=wanted,
        example=words.example if first.reason in ("required", "unreadable") else "",
        findings=tuple(group),
    )


def _of_column(finding: Finding, words: ColumnWords) -> str:
    if finding.reason not in ("required", "unreadable", "not_in_list", "cell_error") or not words.expected:
        return ""
    return f"{words.expected.rstrip('.')}."


def _several(group: Sequence[Finding]) -> dict[str, str]:
    return {
        key: _some([one.params[key] for one in group]) for key in ("found", "first") if key in group[0].params
    }


def _some(texts: Sequence[str]) -> str:
    named = list(dict.fromkeys(texts))
    return ", ".join(named[:MOST_FOUND]) + (" …" if len(named) > MOST_FOUND else "")


def _cells(group: Sequence[Finding]) -> tuple[str, ...]:
    cells = list(dict.fromkeys(one.cell for one in group if one.cell))
    more = len(cells) - MOST_CELLS
    shown = cells[:MOST_CELLS]
    return (*shown, _("and %(count)s more", count=more)) if more > 0 else tuple(shown)
