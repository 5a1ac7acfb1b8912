"""What happens to webinars by itself."""

from webinars import services


def note_held() -> str:
    return f"{services.note_held()} held"


def archive() -> str:
    return f"{services.archive_old()} archived"
