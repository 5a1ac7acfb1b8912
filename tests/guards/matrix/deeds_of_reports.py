"""What works on the pages of reports to the funder."""

from tests.guards.matrix.deed import Deed

DEEDS_OF_REPORTS = {
    "archive.make_read_only": Deed("office", fields={"early": "y"}),
    "archive.open_again": Deed("office"),
    "reporting.begin": Deed("office", fields={"begins_on": "2026-04-01"}),
    "reporting.chase": Deed("office", "period", "closing"),
    "reporting.freeze": Deed("office", "period", "closing"),
    "reporting.sent": Deed("office", "period", "frozen"),
}
