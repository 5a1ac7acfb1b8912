"""Enums that people see: every member has a label, and a tone for its tag."""

from enum import StrEnum
from typing import Any

from core.i18n import LazyString


class Tone(StrEnum):
    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


class LabelledEnum(StrEnum):
    """``DRAFT = "draft", _l("Draft"), Tone.NEUTRAL``: stored by its value, shown by its label."""

    label: LazyString
    tone: Tone

    def __new__(cls, value: str, label: Any = "", tone: Tone = Tone.NEUTRAL) -> "LabelledEnum":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.tone = tone
        return member
