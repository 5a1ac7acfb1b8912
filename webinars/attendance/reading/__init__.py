"""Reports of attendance as programs for webinars write them, read by the mapping in the programme's profile."""

from webinars.attendance.reading.people import Person, Report, read_report
from webinars.attendance.reading.spent import Spent

__all__ = ["Person", "Report", "Spent", "read_report"]
