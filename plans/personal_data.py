"""What a column of a plan may hold of people, and what is refused before it is stored."""

from core.personal_data import PersonalKind, personal_kinds
from plans.definitions import ColumnDefinition, PersonalData

OF_PEOPLE = frozenset({PersonalKind.NAME_LIST, PersonalKind.PHONE, PersonalKind.EMAIL})

ALLOWED: dict[PersonalData, frozenset[PersonalKind]] = {
    PersonalData.NONE: frozenset(),
    PersonalData.PERSON_NAME: OF_PEOPLE,
    PersonalData.OFFICE_CONTACT: OF_PEOPLE,
}
"""Whoever leads, advises, writes, trains or is asked is named with where to reach them; a PESEL number stands nowhere."""


def refuse_personal_data(column: ColumnDefinition, text: str) -> str | None:
    """Why this text must not be kept in this column, as a reason for a finding; None if it may."""
    allowed = ALLOWED[column.personal_data]
    return next((kind.value for kind in personal_kinds(text) if kind not in allowed), None)
