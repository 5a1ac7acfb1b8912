"""Writing members at once: organisations that are new, memberships, what changed in them, who left."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from core import clock
from core.bulk import insert_rows, take_ids
from core.database import db
from core.text import clean, fold
from intake.history import History, sides
from intake.targets.base import Change, Scope, What, Written
from partnerships.events import PartnershipEvent
from partnerships.models import Organisation, Partnership, PartnershipMember
from partnerships.services.members import settle_status
from partnerships.services.shared import iso
from partnerships.workflow import PartnershipStatus

KEPT = ("role", "contribution", "contact_function", "contact_email", "joined_on", "left_on")


def write_members(changes: Sequence[Change], scope: Scope) -> Written:
    history = History(scope)
    new = [one.data for one in changes if one.what is What.NEW]
    changed = [one for one in changes if one.what is What.CHANGED]
    _change(changed, history)  # first who left: whoever comes back would be there twice for a moment
    _join(new, _organisations(new), scope, history)
    history.write()
    _settle({one.data.home.id for one in changes if one.data.home.status is PartnershipStatus.FORMING}, scope)
    return Written({"new": len(new), "changed": len(changed)})


def _organisations(new: Sequence[Any]) -> dict[tuple[int, str], int]:
    """Those nobody has entered yet; the same name twice in one municipality is one organisation."""
    missing = {
        (one.home.place_id, fold(one.values["name"])): one for one in new if one.organisation_id is None
    }
    ids = take_ids(Organisation, len(missing))
    insert_rows(
        Organisation,
        [
            {
                "id": key, "name": clean(one.values["name"]), "search_text": fold(one.values["name"])[:400],
                "org_type": one.values["org_type"], "municipality_id": one.home.place_id,
            }
            for key, one in zip(ids, missing.values(), strict=True)
        ],
    )  # fmt: skip
    return dict(zip(missing, ids, strict=True))


def _join(new: Sequence[Any], entered: dict[tuple[int, str], int], scope: Scope, history: History) -> None:
    rows = []
    for key, one in zip(take_ids(PartnershipMember, len(new)), new, strict=True):
        values = one.values
        organisation = one.organisation_id or entered[one.home.place_id, fold(values["name"])]
        rows.append({
            "id": key, "partnership_id": one.home.id, "organisation_id": organisation,
            **{name: values[name] for name in KEPT}, "contribution": list(values["contribution"] or ()),
            "taken_over": scope.taken_over,
        })  # fmt: skip
        after = {
            "role": values["role"],
            "contribution": list(values["contribution"] or ()),
            "joined_on": iso(values["joined_on"]),
        }
        said = {"note": values["name"], "before": {}, "after": after}
        record = ("partnership_member", key)
        history.add(PartnershipEvent.MEMBER_JOINED, record, one.home.id, {**said, **_marked(scope)})
        if values["left_on"]:
            left = {
                "note": values["name"],
                "before": {"left_on": None},
                "after": {"left_on": iso(values["left_on"])},
            }
            history.add(PartnershipEvent.MEMBER_LEFT, record, one.home.id, left)
    insert_rows(PartnershipMember, rows)


def _marked(scope: Scope) -> dict[str, Any]:
    return {"taken_over": True} if scope.taken_over else {}


def _change(changed: Sequence[Change], history: History) -> None:
    rows = []
    for one in changed:
        present = one.data.present
        wanted = {key: after for key, _, after in one.cells}
        merged = {**present.values, **wanted}
        rows.append({
            "key": present.id, "now": clock.now(), **{f"new_{name}": merged[name] for name in KEPT},
            "new_contribution": list(merged["contribution"]),
        })  # fmt: skip
        record = ("partnership_member", present.id)
        left = wanted.pop("left_on", None) if present.values["left_on"] is None else None
        if wanted:
            facts, words = sides([cell for cell in one.cells if cell[0] in wanted])
            said = {"note": present.name, **facts}
            history.add(PartnershipEvent.MEMBER_CHANGED, record, one.data.home.id, said, personal=words)
        if left:
            said = {"note": present.name, "before": {"left_on": None}, "after": {"left_on": iso(left)}}
            history.add(PartnershipEvent.MEMBER_LEFT, record, one.data.home.id, said)
    if rows:
        table = PartnershipMember.__table__
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in KEPT}
        db.session.connection().execute(
            update(PartnershipMember)
            .where(table.c.id == bindparam("key"))
            .values(**values, updated_at=bindparam("now")),
            rows,
        )


def _settle(partnership_ids: set[int], scope: Scope) -> None:
    db.session.expire_all()
    for start in range(0, len(partnership_ids), 500):
        some = sorted(partnership_ids)[start : start + 500]
        for partnership in db.session.scalars(select(Partnership).where(Partnership.id.in_(some))):
            settle_status(partnership, actor=scope.actor)
