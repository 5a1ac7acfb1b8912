"""Every status and kind that is stored can be shown in words."""

from enum import StrEnum

import pytest

from core.database import CodeEnum, db
from core.i18n import LANGUAGES, in_language
from core.labels import LabelledEnum

NEVER_SHOWN: frozenset[str] = frozenset()
"""Names of stored enums that no page shows."""


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

    assert unlabelled == NEVER_SHOWN


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
