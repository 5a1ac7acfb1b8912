"""Every night the frozen figures are held against the records."""

from reporting.differences import notice_differences


def compare_frozen() -> str:
    return f"{notice_differences()} differences"
