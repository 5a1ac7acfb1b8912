"""What a check can say about an upload or a draft, as data: the sentence is made when somebody reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.i18n import _l
from core.labels import LabelledEnum, Tone


class Severity(LabelledEnum):
    ERROR = "error", _l("Error"), Tone.DANGER
    WARNING = "warning", _l("Warning"), Tone.WARNING
    INFO = "info", _l("For information"), Tone.INFO


class FindingCode(StrEnum):
    WRONG_FILE = "F01_WRONG_FILE"
    OLD_TEMPLATE = "F02_OLD_TEMPLATE"
    TEMPLATE_NOT_ACCEPTED = "F03_TEMPLATE_NOT_ACCEPTED"
    BASE_CHANGED = "F04_BASE_CHANGED"
    REQUIRED = "F05_REQUIRED"
    NOT_IN_LIST = "F06_NOT_IN_LIST"
    UNREADABLE = "F07_UNREADABLE"
    BROKEN_REFERENCE = "F08_BROKEN_REFERENCE"
    OUT_OF_PERIOD = "F09_OUT_OF_PERIOD"
    NO_RECOMMENDATION = "F10_NO_RECOMMENDATION"
    SUM = "F11_SUM"
    LOGIC = "F12_LOGIC"
    FAR_FROM_GENERAL = "F13_FAR_FROM_GENERAL"
    PERSONAL_DATA = "F14_PERSONAL_DATA"
    EXTRA = "F15_EXTRA"
    DUPLICATE = "F16_DUPLICATE"


WHOLE_FILE = frozenset({FindingCode.WRONG_FILE, FindingCode.TEMPLATE_NOT_ACCEPTED})
"""With these nothing of the file can be used."""

ERRORS_ON_SUBMIT = frozenset({FindingCode.BROKEN_REFERENCE, FindingCode.NO_RECOMMENDATION})
"""Warnings while a plan is a draft: work in progress may well lack them."""


@dataclass(frozen=True)
class Finding:
    """One thing to look at. ``reason`` names the sentence in ``plans/finding_texts.py``; ``params`` fill it."""

    code: FindingCode
    severity: Severity
    reason: str
    sheet_key: str | None = None
    cell: str | None = None
    """As people see it, ``D7``; None where a whole sheet or the file is meant, or the plan was typed online."""
    row_uid: str | None = None
    column_key: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    """Plain texts only, never personal data: what was found, what is expected, the nearest value."""
    suggestion: str | None = None
    """A value that could stand there instead, as a person would type it."""
    typed: str | None = field(default=None, compare=False)
    """What stands in a cell that could not be taken over, to be put right where it is. Never personal data."""

    @property
    def blocks_apply(self) -> bool:
        """Nothing of the upload can be taken over. Any other error leaves out one cell, and the rest goes on."""
        return self.code in WHOLE_FILE and self.severity is Severity.ERROR

    @property
    def blocks_submit(self) -> bool:
        """The plan cannot be submitted as long as this is so, even where a draft is only warned."""
        return self.severity is Severity.ERROR or (
            self.code in ERRORS_ON_SUBMIT and self.severity is Severity.WARNING
        )
