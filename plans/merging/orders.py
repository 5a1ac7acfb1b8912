"""The order of rows when two sides changed it: new rows stand behind the row they were put behind."""

from collections.abc import Iterable, Sequence

_FIRST = ""
"""In front of all rows."""


def merged_order(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """The ids of both sides in one order; None where both moved rows about, each in its own way.

    It says nothing about which rows stay: ids of rows that one side took out are in it as well. The same comes out
    with the sides exchanged: where both put new rows at one place, these are in the order of their ids.
    """
    common = set(ours) & set(theirs)
    was, here, there = _only(base, common), _only(ours, common), _only(theirs, common)
    moved_here, moved_there = _only(here, set(was)) != was, _only(there, set(was)) != was
    if moved_here and moved_there and here != there:
        return None
    backbone = there if moved_there else here
    if moved_here == moved_there:
        backbone = min(here, there)  # they differ at most in rows that both sides added
    followers = _behind(ours, common)
    for anchor, news in _behind(theirs, common).items():
        followers.setdefault(anchor, []).extend(news)
    return _woven(backbone, followers, places=_places(ours, theirs))


def _only(order: Iterable[str], wanted: set[str]) -> list[str]:
    return [uid for uid in order if uid in wanted]


def _behind(order: Iterable[str], common: set[str]) -> dict[str, list[str]]:
    """By the last row before them that both sides have: rows that only this side has."""
    found: dict[str, list[str]] = {}
    anchor = _FIRST
    for uid in order:
        if uid in common:
            anchor = uid
        else:
            found.setdefault(anchor, []).append(uid)
    return found


def _places(ours: Sequence[str], theirs: Sequence[str]) -> dict[str, tuple[str, int]]:
    """What sorts two runs of new rows at one place: the id that a run begins with, then the place in the run."""
    common = set(ours) & set(theirs)
    runs = (run for order in (ours, theirs) for run in _behind(order, common).values())
    return {uid: (run[0], position) for run in runs for position, uid in enumerate(run)}


def _woven(
    backbone: Sequence[str], followers: dict[str, list[str]], *, places: dict[str, tuple[str, int]]
) -> list[str]:
    woven: list[str] = []
    for anchor in (_FIRST, *backbone):
        if anchor != _FIRST:
            woven.append(anchor)
        woven.extend(sorted(followers.get(anchor, ()), key=places.__getitem__))
    return woven
