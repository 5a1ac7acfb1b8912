"""What the administration shows: a group of numbers, two logos, a list with an entry; and a picture to send."""

import struct
import zlib
from collections.abc import Mapping

from accounts.models import User
from core import clock
from core.database import db
from core.mail_addresses import BouncedAddress
from feedback.models import PageFeedback
from office.erasures.services import enter
from programme.changes import change_numbers
from programme.list_changes import retire
from programme.logos import add_logo
from programme.queries import the_programme
from tests.guards.matrix.world import Record, World


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


PICTURE = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress((b"\0" + b"\x10\x20\x90" * 2) * 2))
    + _chunk(b"IEND", b"")
)
"""A PNG of one colour."""


def some_administration(world: World, people: Mapping[str, User]) -> None:
    change_numbers({"small_count_limit": "6"}, actor=people["admin"])
    world.records["numbers"] = [Record("reports", "z", {"key": "reports"})]
    world.records["list"] = [Record("level", "z", {"key": "level"})]
    code = the_programme().code_lists["level"].codes[0]
    world.records["list entry"] = [Record("level", "z", {"key": "level", "code": code})]
    last = the_programme().code_lists["level"].codes[-1]
    retire("level", last, on=clock.today(), actor=people["admin"])
    world.records["retired entry"] = [Record("level", "z", {"key": "level", "code": last})]
    db.session.add(User(name="Zofia Wąsowska", email="former@erasure.example"))
    db.session.add(User(name="Halina Rzadka", email="named@erasure.example"))
    said = PageFeedback(
        path="/", language="pl", helpful=True, text="Dzięki pani Rzadkiej", given_on=clock.today()
    )
    db.session.add(said)
    db.session.add(BouncedAddress(address="guest@erasure.example", reason="unknown"))
    db.session.flush()
    asked = enter(
        "former@erasure.example", received_on=clock.today(), reason="By letter", actor=people["admin"]
    )
    named = enter("named@erasure.example", received_on=clock.today(), reason="By mail", actor=people["admin"])
    world.records["erasure"] = [
        Record("former", "z", {"request_id": asked.id}),
        Record("named", "z", {"request_id": named.id, "place": f"page_feedback.text.{said.id}"}),
    ]
    for name in ("first", "second"):
        words = {"pl": f"Znak {name}", "en": f"Mark {name}"}
        logo = add_logo(PICTURE, f"{name}.png", words, actor=people["admin"])
        db.session.flush()
        version = logo.file.blob_hash[:12]
        values = {"logo_id": logo.id, "version": version}
        world.records.setdefault("logo", []).append(Record(name, "z", values))
