"""Who may open what of the reports to the funder: a funder reads what is frozen, and nothing else."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import Access, on, page
from tests.guards.matrix.people import FUNDER, OFFICE

READ = on("period", OFFICE, FUNDER)
MANAGE_PERIOD = on("period", OFFICE)

ACCESS_OF_REPORTS: Mapping[str, Access] = {
    "archive.end": page(OFFICE),
    "archive.make_read_only": page(OFFICE),
    "archive.open_again": page(OFFICE),
    "reporting.index": page(OFFICE, FUNDER),
    "reporting.begin": page(OFFICE),
    "reporting.show": READ,
    "reporting.rows": on("figure", OFFICE, FUNDER),
    "reporting.workbook": READ,
    "reporting.document": READ,
    "reporting.closing_list": MANAGE_PERIOD,
    "reporting.chase": MANAGE_PERIOD,
    "reporting.freeze": MANAGE_PERIOD,
    "reporting.sent": MANAGE_PERIOD,
    "reporting.activity": page(OFFICE),
    "reporting.activity_rows": on("indicator", OFFICE),
    "reporting.activity_workbook": page(OFFICE),
    "reporting.years": page(OFFICE, FUNDER),
    "reporting.years_workbook": page(OFFICE, FUNDER),
}
