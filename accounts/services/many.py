"""People entered by the hundred, from the office's lists. They are invited later, each by a mail of their own."""

from collections.abc import Mapping

from accounts.models import User, surname_first
from core.bulk import insert_rows, take_ids
from core.i18n import DEFAULT_LANGUAGE
from core.text import clean, fold, sort_key


def enter_people(names: Mapping[str, str]) -> dict[str, int]:
    """Address (as ``sign_in_name`` writes it) -> name; the answer tells the id of each. None of them is known yet."""
    ids = dict(zip(names, take_ids(User, len(names)), strict=True))
    insert_rows(
        User,
        [
            {
                "id": ids[email],
                "email": email,
                "name": clean(name),
                "search_text": fold(f"{clean(name)} {email}")[:400],
                "sort_key": sort_key(surname_first(clean(name)))[:260],
                "language": DEFAULT_LANGUAGE,
                "is_active": True,
            }
            for email, name in names.items()
        ],
    )
    return ids
