"""What works on the pages of a year under way."""

from tests.guards.matrix.deed import Deed

DEEDS_OF_YEARS = {
    "plans.shared": Deed("leader", "version", "apublished private", {"totals": "y"}),
    "plans.carry_forward": Deed("leader", "version", "apublished private"),
    "plans.record_result": Deed(
        "leader",
        "version",
        "apublished shared",
        lambda world: {"seen": world.seen["apublished shared"], "trainings.row-s1-0001.status": "confirmed"},
        names={"row_uid": "row-s1-0001"},
    ),
    "plans.declare_year": Deed("deputyfull", "partnership", "apublished", names={"year": 2026}),
    "plans.withdraw_declaration": Deed("leader", "partnership", "adraft", names={"year": 2026}),
}
