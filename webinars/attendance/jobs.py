"""What happens to reports of attendance by itself."""

from webinars.attendance.reports import forget_reports


def forget() -> str:
    return f"{forget_reports()} forgotten"
