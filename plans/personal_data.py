"""What a column of a plan may hold of people, and what is refused before it is stored."""

from core.personal_data import PersonalKind, personal_kinds
from plans.definitions import ColumnDefinition, PersonalData

ALLOWED: dict[PersonalData, frozenset[PersonalKind]] = {
    PersonalData.NONE: frozenset(),
    PersonalData.PERSON_NAME: frozenset({PersonalKind.NAME_LIST}),
    PersonalData.OFFICE_CONTACT: frozenset({PersonalKind.PHONE, PersonalKind.EMAIL}),
}
"""What a column of each kind may hold; a PESEL number never."""


def refuse_personal_data(column: ColumnDefinition, text: str) -> str | None:
    """Why this text must not be kept in this column, as a reason for a finding; None if it may."""
    allowed = ALLOWED[column.personal_data]
    return next((kind.value for kind in personal_kinds(text) if kind not in allowed), None)
