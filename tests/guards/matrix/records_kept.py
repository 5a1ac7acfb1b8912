"""Files with members that wait, and a plan from before, in every town."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from accounts.models import User
from core.database import db
from intake import services
from intake.models import RecordKind
from partnerships.models import Partnership
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from tests.guards.matrix.world import Record, World

NAMED = ("Organisation", "Type", "Role")
UNNAMED = ("Kto", "Typ", "Rola")


def list_of_members(head: tuple[str, ...] = NAMED) -> bytes:
    book, target = Workbook(), BytesIO()
    book.worksheets[0].append(list(head))
    book.worksheets[0].append(["KGW Nowe", "KGW", "promocja"])
    book.save(target)
    return target.getvalue()


def some_records(world: World, name: str, partnership: Partnership, *, actor: User) -> None:
    for state, head in (("checked", NAMED), ("unnamed", UNNAMED)):
        file = services.SentFile("lista.xlsx", list_of_members(head))
        outcome = services.read_file(file)
        upload = services.receive(RecordKind.MEMBERS, file, outcome, partnership=partnership, actor=actor)
        db.session.flush()
        record = Record(f"{name} {state}", name[0], {"import_id": upload.id})
        world.records.setdefault("import", []).append(record)
        if state == "checked":
            world.seen[f"{name} import"] = services.compared(upload, actor=actor).fingerprint
    plan = EarlierPlan(
        partnership=partnership, kind=PlanKind.GENERAL, year_from=2022, year_to=2024, status=EarlierStatus.APPROVED,
        decided_on=date(2022, 3, 1),
    )  # fmt: skip
    db.session.add(plan)
    db.session.flush()
    record = Record(name, name[0], {"earlier_plan_id": plan.id})
    world.records.setdefault("earlier plan", []).append(record)
