"""Contacts of member organisations, each of which has an address of its own."""

from tests.guards.matrix.world import Record, World


def some_contacts(world: World) -> None:
    world.records["contact"] = [
        Record(one.name, one.family, {"kind": "member", "record_id": one.values["member_id"]})
        for one in world.records["member"]
    ]
