"""Changes of municipalities: a draft, and one that was applied, of municipalities that nobody uses."""

from collections.abc import Callable
from datetime import date

from accounts.models import User
from core.database import db
from municipalities.services import changing
from municipalities.workflow import ChangeKind
from tests.guards.matrix.markers import marked
from tests.make import Make


def some_changes(make: Make, office: User, keep: Callable[..., None]) -> None:
    for number, name in enumerate(("draft", "applied")):
        place = make.municipality(marked(f"z{name}name"), code=f"1603{number + 2:02d}2")
        change = changing.draft_change(
            ChangeKind.RENAME,
            effective_on=date(2025, 12, 31),
            legal_basis="Dz.U. 2025 poz. 1",
            sources=[changing.Part(place, new_name=marked(f"z{name}latername"))],
            actor=office,
        )
        db.session.flush()
        if name == "applied":
            changing.apply_change(change, actor=office)
        keep("change", f"z{name}", "z", change_id=change.id)
