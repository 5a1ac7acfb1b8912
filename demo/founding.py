"""How partnerships came about: entered by the office, founded by their leaders, joined by organisations."""

from accounts.models import User
from core import audit, clock
from core.database import db
from demo.cast import HOME, Stage
from demo.chance import Chance
from demo.organisations import Kind, enter_organisation, kinds_for, partnership_name
from demo.seats import Seat
from partnerships import services
from partnerships.events import PartnershipEvent
from partnerships.models import PartnershipMember
from partnerships.services.members import facts_of_joining, settle_status

SETTLED_AFTER = 13
"""Days after the founding on which everybody is there and a plan can begin."""

MEMBERS = {Stage.PLANNED: (1, 1), Stage.FORMING: (2, 2), Stage.ACTIVE: (3, 7)}

CAN_SUBMIT, CAN_PUBLISH = 40, 50
"""Per cent of the deputies, and of those the ones who may publish too."""


def found(seat: Seat) -> None:
    """Everything up to the first day of its plan."""
    chance = seat.chance("founding")
    kinds = kinds_for(seat.code, seat.place, chance.whole(*MEMBERS[seat.part.script.stage]), chance)
    with seat.at(seat.entered):
        own = enter_organisation(kinds[0], seat.municipality, seat.place, chance)
        seat.partnership = services.found_partnership(
            seat.municipality,
            name=partnership_name(seat.municipality, seat.place, chance),
            founded_on=None,
            leader=seat.leader,
            leader_organisation=own,
            actor=seat.office,
        )
        services.assign_animator(seat.municipality, seat.animator, starts_on=clock.today(), actor=seat.office)
    if seat.part.script.stage is not Stage.PLANNED:
        _found(seat, kinds, seat.entered - chance.whole(6, 14), chance)
    for deputy in seat.deputies:
        _appoint_deputy(seat, deputy, chance)
    seat.settle()


def _found(seat: Seat, kinds: list[Kind], days_ago: int, chance: Chance) -> None:
    seat.founded = days_ago
    with seat.at(days_ago):
        services.record_founding(
            seat.partnership, name=seat.partnership.name, founded_on=clock.today(), actor=seat.leader
        )
        own = seat.partnership.members[0]
        services.change_member(
            own,
            role="leader",
            contribution=kinds[0].contribution,
            contact_function=kinds[0].function,
            contact_email=own.organisation.office_email,
            actor=seat.leader,
        )
    for kind in kinds[1:]:
        days_ago -= chance.whole(0, 2)
        with seat.at(days_ago):
            _join(seat, kind, chance)
    with seat.at(days_ago):
        settle_status(seat.partnership, actor=seat.leader)


def _join(seat: Seat, kind: Kind, chance: Chance) -> None:
    """As ``partnerships.services.add_member`` does it, without looking for what cannot be there yet."""
    organisation = enter_organisation(kind, seat.municipality, seat.place, chance)
    member = PartnershipMember(
        partnership=seat.partnership,
        organisation=organisation,
        role=kind.role,
        contribution=list(kind.contribution),
        contact_function=kind.function,
        contact_email=organisation.office_email,
        joined_on=clock.today(),
    )
    db.session.add(member)
    audit.record(
        PartnershipEvent.MEMBER_JOINED,
        member,
        actor=seat.leader,
        note=organisation.name,
        before={},
        after=facts_of_joining(member),
    )


def _appoint_deputy(seat: Seat, deputy: User, chance: Chance) -> None:
    is_home = seat.code == HOME
    can_submit = is_home or chance.happens(CAN_SUBMIT)
    with seat.at(seat.founded - chance.whole(8, 12)):
        services.appoint_deputy(
            seat.partnership,
            deputy,
            starts_on=clock.today(),
            can_submit=can_submit,
            can_publish=can_submit and not is_home and chance.happens(CAN_PUBLISH),
            actor=seat.leader,
        )
