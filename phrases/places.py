"""The parts of forms that a phrase can be made for: whoever has such parts says which."""

from collections.abc import Callable, Mapping

from programme.labels import Labels

Places = Callable[[], Mapping[str, Labels]]

_givers: list[Places] = []


def register_places(giver: Places) -> None:
    """``giver``: the key and the title of each part, of the programme that runs."""
    if giver not in _givers:
        _givers.append(giver)


def places() -> dict[str, Labels]:
    return {key: title for giver in _givers for key, title in giver().items()}
