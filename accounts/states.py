"""Where a person stands between being invited and working here."""

from accounts.models import User
from core.i18n import _l
from core.labels import LabelledEnum, Tone


class PersonState(LabelledEnum):
    ACTIVE = "active", _l("Active"), Tone.SUCCESS
    INVITED = "invited", _l("Invited"), Tone.INFO
    NEVER_CAME = "never_came", _l("Never signed in"), Tone.WARNING
    INACTIVE = "inactive", _l("Inactive"), Tone.NEUTRAL


def state_of(person: User, *, is_invited: bool) -> PersonState:
    """``is_invited``: an invitation of theirs still works."""
    if not person.is_active:
        return PersonState.INACTIVE
    if person.last_login_at is not None:
        return PersonState.ACTIVE
    return PersonState.INVITED if is_invited else PersonState.NEVER_CAME
