"""Whether the process that runs jobs has been told to end: what takes long looks here and leaves its work in order."""

from threading import Event

_told = Event()


def is_stopping() -> bool:
    return _told.is_set()


def tell_to_stop() -> None:
    _told.set()
