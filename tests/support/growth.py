"""How work grows with its input, where a time by itself would only say how busy the machine was."""

import time
from collections.abc import Callable

from core.bulk import without_collecting


def seconds_at_best(deed: Callable[[], object]) -> float:
    """Of the processor, of three times: whatever else runs, and without collecting what other tests left behind."""
    taken = []
    with without_collecting():
        for _again in range(3):
            started = time.process_time()
            deed()
            taken.append(time.process_time() - started)
    return min(taken)


def assert_in_proportion(deed: Callable[[int], Callable[[], object]], *, least: int) -> None:
    """``deed(n)`` is prepared for an input of the size n: eight times as much may take sixteen times as long, never
    sixty-four, which a loop in a loop would."""
    small, large = deed(least), deed(8 * least)
    assert seconds_at_best(large) < 16 * seconds_at_best(small) + 0.05
