"""What works on the pages of the administration."""

from tests.guards.matrix.administration_kept import PICTURE
from tests.guards.matrix.deed import Deed
from tests.support.forms import Upload

WORDS = {
    "name_pl": "Nowa nazwa", "name_en": "A new name", "short_name_pl": "NN", "short_name_en": "NN",
    "funding_statement_pl": "Ze środków próbnych.", "funding_statement_en": "Paid for by a test.",
    "operator_pl": "Fundacja Próbna", "operator_en": "Test Foundation", "contact_email": "office@test.example",
    "contact_phone": "+48 111 111 111", "starts_on": "2026-01-01", "ends_on": "2028-12-31",
}  # fmt: skip
ENTRY = {"pl": "nowa pozycja", "en": "a new entry"}
LOGO = {"pl": "Znak funduszu", "en": "Mark of the fund"}

DEEDS_OF_ADMINISTRATION = {
    "programme.words": Deed("admin", fields=WORDS),
    "programme.numbers": Deed(
        "admin",
        "numbers",
        "reports",
        fields={
            "period_kind": "month", "period_due_day": "12", "small_count_limit": "5", "assessment_low_below": "50",
            "assessment_least_compared": "5",
        },
    ),
    "programme.back_to_default": Deed("admin", "numbers", "reports", fields={"setting": "small_count_limit"}),
    "programme.all_logos": Deed("admin", fields={**LOGO, "file": Upload(PICTURE, "mark.png")}),
    "programme.change_logo": Deed("admin", "logo", "second", fields=LOGO),
    "programme.move_logo": Deed("admin", "logo", "second"),
    "programme.remove_logo": Deed("admin", "logo", "second"),
    "programme.one_list": Deed("admin", "list", "level", fields=ENTRY),
    "programme.entry": Deed("admin", "list entry", "level", fields=ENTRY),
    "programme.retire": Deed("admin", "list entry", "level", fields={"on": "2028-11-30"}),
    "programme.bring_back": Deed("admin", "retired entry", "level"),
    "erasures.index": Deed(
        "admin",
        fields={"address": "guest@erasure.example", "received_on": "2026-04-10", "reason": "By letter."},
    ),
    "erasures.words": Deed(
        "admin",
        "erasure",
        "named",
        lambda world: {str(world.record("erasure", "named").values["place"]): "replace"},
    ),
    "erasures.erase": Deed("admin", "erasure", "former", fields={"sure": "y"}),
    "erasures.refuse": Deed("admin", "erasure", "former", fields={"reason": "Somebody else asked."}),
}  # fmt: skip
