"""Two people at the same file, or the same office, at the same moment: one of them is answered with a sentence."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select

from accounts.models import User
from core.database import db
from municipalities.models import Mayor, Municipality
from municipalities.services.mayors import enter_mayor
from partnerships.files import services as attachments
from partnerships.files.models import Attachment, FileClass
from partnerships.models import Organisation
from partnerships.organisations.errors import PartsInCircle
from partnerships.organisations.services import OrganisationFacts, change_organisation
from tests.support import documents
from tests.support.at_once import at_once

TODAY = date(2026, 4, 15)
ROUNDS = 5


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_two_newer_files_at_once_both_stay_and_one_stands_in_the_place(app, make):
    leader = make.user()
    partnership, leader_id = make.partnership(leader=leader), leader.id
    for number in range(ROUNDS):
        first = attachments.attach(
            partnership,
            data=documents.pdf(words=f"{number}"),
            name="a.pdf",
            file_class=FileClass.PARTNERSHIP,
            title="Umowa",
            actor=leader,
        )
        db.session.commit()
        file_id = first.id

        def replace(data: bytes, file_id: int = file_id) -> Callable[[], object]:
            return lambda: attachments.replace(
                db.session.get_one(Attachment, file_id),
                data=data,
                name="b.png",
                actor=db.session.get_one(User, leader_id),
            )

        outcome = at_once(app, replace(documents.png(2, 2)), replace(documents.png(3, 3)))

        db.session.expire_all()
        former = db.session.scalar(
            select(func.count()).select_from(Attachment).where(Attachment.replaced_by_id == file_id)
        )
        assert (outcome, former) == (["done", "done"], 2)
        assert db.session.get_one(Attachment, file_id).is_current


def test_of_two_who_remove_a_file_one_is_told_that_it_is_gone(app, make):
    leader = make.user()
    partnership, leader_id = make.partnership(leader=leader), leader.id
    for _ in range(ROUNDS):
        file = attachments.attach(
            partnership,
            data=documents.pdf(),
            name="a.pdf",
            file_class=FileClass.PARTNERSHIP,
            title="Umowa",
            actor=leader,
        )
        db.session.commit()
        file_id = file.id

        def remove(file_id: int = file_id) -> None:
            attachments.remove(
                db.session.get_one(Attachment, file_id),
                reason="",
                actor=db.session.get_one(User, leader_id),
            )

        assert at_once(app, remove, remove) == ["FileGone", "done"]


def test_of_two_heads_entered_at_once_for_the_same_days_one_is_refused(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        municipality_id = make.municipality().id

        def enter(last: date | None, municipality_id: int = municipality_id) -> Callable[[], object]:
            return lambda: enter_mayor(
                db.session.get_one(Municipality, municipality_id),
                title="wojt",
                name="Jan Wójt",
                valid_from=date(2024, 5, 7),
                valid_to=last,
                actor=db.session.get_one(User, office_id),
            )

        assert at_once(app, enter(date(2025, 1, 1)), enter(TODAY)) == ["MayorsOverlap", "done"]
        assert db.session.scalar(select(func.count()).where(Mayor.municipality_id == municipality_id)) == 1


def test_two_organisations_never_become_part_of_each_other(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        place = make.municipality()
        ids = [make.organisation(name, municipality=place).id for name in ("Dom Kultury", "Świetlica")]

        def put_below(own: int, above: int) -> Callable[[], object]:
            def change() -> None:
                organisation = db.session.get_one(Organisation, own)
                facts = OrganisationFacts(
                    name=organisation.name,
                    org_type=organisation.org_type,
                    parent=db.session.get_one(Organisation, above),
                )
                change_organisation(organisation, facts, actor=db.session.get_one(User, office_id))

            return change

        outcome = at_once(app, put_below(ids[0], ids[1]), put_below(ids[1], ids[0]))

        assert outcome == [PartsInCircle.__name__, "done"]
