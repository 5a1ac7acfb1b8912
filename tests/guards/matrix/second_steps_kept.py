"""The second step of signing in: somebody who has it, somebody who is setting it up, somebody half way in."""

from collections.abc import Mapping

import pyotp

from accounts.events import AccountEvent
from accounts.models import User
from accounts.second_factor import codes, services
from accounts.second_factor.half_way import COOKIE, HalfWay, signed
from accounts.second_factor.models import RecoveryCode, SecondFactor
from core import clock
from core.database import db
from tests.guards.matrix.deed import Deed
from tests.guards.matrix.people import VISITOR
from tests.guards.matrix.world import World

ON_PAPER = "abcde-fghjk"
BEGUN = "second step begun"


def some_second_steps(world: World, people: Mapping[str, User]) -> None:
    for name in ("deputy", "deputyfull"):
        db.session.add(SecondFactor(user_id=people[name].id, salt=codes.new_salt(), confirmed_at=clock.now()))
        db.session.add(RecoveryCode(user_id=people[name].id, code_hash=codes.recovery_hash(ON_PAPER)))
    db.session.flush()
    world.seen[BEGUN] = codes.key_of(services.begin(people["animator"]).salt)
    world.cookies[COOKIE] = signed(HalfWay(people["deputyfull"], "/", AccountEvent.SIGNED_IN))


def _first_code(world: World) -> dict[str, str]:
    return {"code": pyotp.TOTP(world.seen[BEGUN]).at(int(clock.now().timestamp()))}


DEEDS_OF_SECOND_STEPS: Mapping[str, Deed] = {
    "accounts.second_step": Deed(VISITOR, fields={"code": ON_PAPER}),
    "accounts.own_second_step": Deed("animator", fields=_first_code),
    "accounts.begin_second_step": Deed("leader"),
    "accounts.renew_recovery_codes": Deed("deputy", fields={"code": ON_PAPER}),
    "accounts.second_step_off": Deed("deputy", fields={"code": ON_PAPER}),
    "people.second_step_off": Deed("office", "person", "deputy"),
}
