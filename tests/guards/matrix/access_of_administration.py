"""Who may open what of the administration: the office and administrators, and what everybody sees of it."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import ANY_PERSON, ANYBODY, Access, on, page
from tests.guards.matrix.people import ADMIN, OFFICE

ACCESS_OF_ADMINISTRATION: Mapping[str, Access] = {
    "programme.index": page(OFFICE, ADMIN),
    "programme.words": page(OFFICE, ADMIN),
    "programme.numbers": on("numbers", OFFICE, ADMIN),
    "programme.back_to_default": on("numbers", OFFICE, ADMIN),
    "programme.all_logos": page(OFFICE, ADMIN),
    "programme.change_logo": on("logo", OFFICE, ADMIN),
    "programme.move_logo": on("logo", OFFICE, ADMIN),
    "programme.remove_logo": on("logo", OFFICE, ADMIN),
    "programme.logo": ANYBODY,
    "programme.one_list": on("list", OFFICE, ADMIN),
    "programme.entry": on("list entry", OFFICE, ADMIN),
    "programme.retire": on("list entry", OFFICE, ADMIN),
    "programme.bring_back": on("retired entry", OFFICE, ADMIN),
    "programme.history": page(OFFICE, ADMIN),
    "history.index": page(OFFICE, ADMIN),
    "history.workbook": page(OFFICE, ADMIN),
    "history.csv": page(OFFICE, ADMIN),
    "retention.index": page(OFFICE, ADMIN),
    "own_data.index": ANY_PERSON,
    "own_data.archive": ANY_PERSON,
    "erasures.index": page(OFFICE, ADMIN),
    "erasures.show": on("erasure", OFFICE, ADMIN),
    "erasures.words": on("erasure", OFFICE, ADMIN),
    "erasures.erase": on("erasure", OFFICE, ADMIN),
    "erasures.refuse": on("erasure", OFFICE, ADMIN),
}
