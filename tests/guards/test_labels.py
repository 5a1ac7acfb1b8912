"""Every status and kind that is stored can be shown in words."""

from enum import StrEnum

import pytest

from core.database import CodeEnum, db
from core.i18n import LANGUAGES, in_language
from core.labels import LabelledEnum

WITHOUT_LABELS = {
    "FindingCode",  # a finding is shown as a whole sentence, see plans/finding_texts.py
    "ImportPurpose",  # each purpose has a page of its own, which says it in whole sentences
    "TaskCode",  # each task is named by the profile of the programme
    "PlanKind",  # stands in whole sentences and titles: "general plan 2026-2028"
}
"""Stored enums whose members are never shown alone."""


def stored_enums() -> set[type[StrEnum]]:
    import app  # noqa: F401 - brings the models of every package

    return {
        column.type.enum
        for table in db.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, CodeEnum)
    }


def test_every_stored_enum_has_labels():
    unlabelled = {enum.__name__ for enum in stored_enums() if not issubclass(enum, LabelledEnum)}

    assert unlabelled == WITHOUT_LABELS


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_one_enum_differ_in_every_language(app, language):
    with in_language(language):
        shown = {
            enum.__name__: [str(member.label) for member in enum]
            for enum in stored_enums()
            if issubclass(enum, LabelledEnum)
        }

    assert shown
    assert {
        name for name, labels in shown.items() if len(set(labels)) < len(labels) or not all(labels)
    } == set()
