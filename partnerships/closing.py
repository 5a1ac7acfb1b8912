"""What was still to come in a partnership that is closed by hand: each package calls off its own."""

from collections.abc import Callable

from accounts.models import User
from partnerships.models import Partnership

CallOff = Callable[[Partnership, str, User], None]
"""Asked while the partnership is still open, with the reason and whoever closes it; tells those who were to come."""

_deeds: list[CallOff] = []


def register_calling_off(deed: CallOff) -> None:
    """A package to the left calls off what of its own people would come to."""
    if deed not in _deeds:
        _deeds.append(deed)


def call_off_what_was_to_come(partnership: Partnership, *, reason: str, actor: User) -> None:
    for deed in _deeds:
        deed(partnership, reason, actor)
