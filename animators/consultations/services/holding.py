"""A consultation under lock: whoever is about to move it on waits here for whoever is doing so."""

from animators.consultations.models import Consultation
from core.database import db

FRESH = (
    "status", "reported_at", "actual_start", "actual_minutes", "over_budget_minutes", "confirmed_at", "disputed_at",
    "decision_note", "row_version",
)  # fmt: skip


def hold(consultation: Consultation) -> None:
    """As it is now: what the page showed may be over. SQLite has one writer at a time anyway."""
    db.session.flush()
    db.session.refresh(consultation, attribute_names=FRESH, with_for_update={"key_share": True})
