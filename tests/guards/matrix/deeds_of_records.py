"""What works on papers, handbooks, organisations, files, records that come as spreadsheets, and plan templates."""

from tests.guards.matrix.deed import SPREADSHEET, Deed
from tests.guards.matrix.records_kept import UNNAMED, list_of_members
from tests.plans.template_versions.second import SECOND
from tests.support.documents import pdf, xml_signature
from tests.support.forms import Upload

KEPT = {
    "name": "Szkoła nr 1", "org_type": "school", "sector": "public", "parent": "", "address": "Szkolna 1",
    "office_email": "szkola@gmina.example", "website": "www.szkola.example", "phone": "77 123", "best_time": "do 12",
    "registry_kind": "regon", "registry_no": "123456785", "signatory_function": "dyrektor", "signatory_name": "",
    "power_of_attorney": "",
}  # fmt: skip
MAYOR = {"title": "burmistrz", "name": "Ewa Nowa", "valid_to": ""}
EDITION = {
    "title": "Podręcznik", "edition": "2", "published_on": "2026-04-01", "is_current": "y",
    "file": Upload(pdf(), "podręcznik.pdf", "application/pdf"),
}  # fmt: skip

DEEDS_OF_RECORDS = {
    "papers.make": Deed("animator", "new paper", "adraft consultation", {"another": "y"}),
    "papers.send_scan": Deed(
        "leader",
        "paper",
        "adraft attendance",
        {"file": Upload(pdf(words="lista"), "skan.pdf", "application/pdf")},
    ),
    "papers.send_any_scan": Deed(
        "leader",
        "partnership",
        "adraft",
        lambda world: {
            "file": Upload(pdf(words="skan"), "skan.pdf", "application/pdf"),
            "paper": str(world.record("paper", "adraft attendance").values["paper_id"]),
        },
    ),
    "papers.waiting": Deed(
        "leader",
        "partnership",
        "adraft",
        lambda world: {
            f"paper_{world.record('waiting scan', 'adraft').values['attachment_id']}": str(
                world.record("paper", "adraft attendance").values["paper_id"]
            )
        },
    ),
    "paper_texts.edit": Deed(
        "office", fields={"body": "# Karta\n\n{municipality}"}, names={"kind": "consultation", "lang": "pl"}
    ),
    "paper_texts.restore": Deed("office", names={"kind": "consultation", "lang": "pl"}),
    "handbooks.index": Deed(
        "office",
        fields=lambda world: {
            "municipality_ids": [str(world.record("municipality", "adraft").values["municipality_id"])],
            "sent_on": "2026-04-10",
            "sent_count": "2",
        },
    ),
    "plans.new_template": Deed("office", fields={"definition": SECOND}, names={"kind": "general"}),
    "plans.publish_template": Deed(
        "office", "template", "draft", {"accepted_until": "2099-01-01", "checks_from": "", "seen": "1"}
    ),
    "plans.discard_template": Deed("office", "template", "draft"),
    "plans.limit_template": Deed("office", "template", "replaced", {"accepted_until": "2098-01-01"}),
    "plans.retire_template": Deed("office", "template", "replaced"),
    "plans.remind_of_template": Deed("office", names={"kind": "annual"}),
    "plans.bring_up_plan": Deed("leader", "version", "apublished private"),
    "handbooks.new_edition": Deed("office", fields=EDITION),
    "handbooks.change_edition": Deed("office", "edition", "first", EDITION),
    "handbooks.confirm": Deed(
        "leader",
        "handbook",
        "adraft",
        {"confirmed_count": "3", "confirmed_on": "2026-04-10", "note": "Jeden mokry"},
    ),
    "handbooks.take_back": Deed("office", "handbook", "adraft"),
    "handbooks.correct": Deed("office", "handbook", "adraft", {"sent_on": "2026-04-02", "sent_count": "5"}),
    "partnerships.change_organisation": Deed("leader", "organisation", "adraft", KEPT),
    "partnerships.end_organisation": Deed("leader", "organisation", "adraft", {"ended_on": "2026-04-15"}),
    "partnerships.add_mayor": Deed("leader", "municipality", "adraft", {**MAYOR, "valid_from": "2026-01-01"}),
    "partnerships.change_mayor": Deed("leader", "mayor", "adraft", {**MAYOR, "valid_from": "2024-05-08"}),
    "partnerships.remove_mayor": Deed("leader", "mayor", "adraft"),
    "partnerships.add_file": Deed(
        "leader",
        "partnership",
        "adraft",
        {
            "file": Upload(pdf(words="nowe"), "umowa.pdf", "application/pdf"),
            "title": "Umowa",
            "file_class": "evidence",
        },
    ),
    "partnerships.replace_file": Deed(
        "leader",
        "file",
        "adraft partnership",
        {"file": Upload(pdf(words="inne"), "umowa.pdf", "application/pdf")},
    ),
    "partnerships.sign_file": Deed(
        "leader", "file", "adraft evidence", {"file": Upload(xml_signature(), "umowa.xml", "text/xml")}
    ),
    "partnerships.change_file": Deed(
        "leader", "file", "adraft evidence", {"title": "Regulamin", "file_class": "partnership", "sure": "y"}
    ),
    "partnerships.remove_file": Deed("leader", "file", "adraft public", {"reason": "Zły plik"}),
    "intake.index": Deed(
        "office",
        fields={"kind": "members", "file": Upload(list_of_members(UNNAMED), "lista.xlsx", SPREADSHEET)},
    ),
    "intake.members": Deed(
        "leader", "partnership", "adraft", {"file": Upload(list_of_members(), "lista.xlsx", SPREADSHEET)}
    ),
    "intake.columns": Deed(
        "leader",
        "import",
        "adraft unnamed",
        {
            "sheet": "Sheet",
            "header": "1",
            "column_1": "name",
            "column_2": "org_type",
            "column_3": "role",
            "day_order": "dmy",
            "unit": "hours",
            "default_joined_on": "01.02.2026",
            "default_org_type": "KGW",
            "default_role": "inna",
        },
    ),
    "intake.apply": Deed(
        "leader",
        "import",
        "adraft checked",
        lambda world: {"seen": world.seen["adraft import"], "invite": "y"},
    ),
    "intake.discard": Deed("leader", "import", "adraft checked"),
    "intake.plan_file": Deed(
        "office", "earlier plan", "adraft", {"file": Upload(pdf(), "plan.pdf", "application/pdf")}
    ),
}
