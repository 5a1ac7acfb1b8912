"""A clock that stands still until a test moves it."""

from contextlib import ExitStack
from datetime import datetime, timedelta

from core import clock


class Clock:
    """Freezes ``core.clock`` in this thread; ``move_to`` and ``tick`` move it."""

    def __init__(self, moment: datetime) -> None:
        self._held = ExitStack()
        self.now = moment
        self.move_to(moment)

    def move_to(self, moment: datetime) -> None:
        self.release()
        self._held.enter_context(clock.at(moment))
        self.now = clock.now()

    def tick(self, **delta: float) -> datetime:
        """Move on, as in ``clock.tick(days=14, seconds=1)``."""
        self.move_to(self.now + timedelta(**delta))
        return self.now

    def release(self) -> None:
        self._held.close()
