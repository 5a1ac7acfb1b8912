"""Two people apply at the same moment: the same file, or two that say different things about the same municipality."""

from functools import partial

import pytest
from sqlalchemy import select

from accounts.models import User
from core import clock
from core.database import db
from intake import services
from intake.models import RecordImport, RecordKind
from municipalities.models import Municipality
from partnerships.models import AnimatorAssignment, LeaderTerm, Partnership
from partnerships.services import appoint_leader, assign_animator
from tests.intake.bringing import HEAD, row
from tests.intake.workbooks import workbook
from tests.support.at_once import at_once


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day, in every thread."""


@pytest.fixture
def office_id(make) -> int:
    return int(make.office().id)


def brought(office_id: int, email: str, *, animator: str | None = None) -> tuple[int, str]:
    """A file about Dobra, checked; and the fingerprint of what it would do."""
    actor = db.session.get_one(User, office_id)
    leads = ("Jan Lis", email, "", "") if email else ("", "", "", "")
    file = services.SentFile("lista.xlsx", workbook(HEAD, row("1601012", "", "A", "", *leads, animator)))
    outcome = services.read_file(file)
    upload = services.receive(RecordKind.REGISTER, file, outcome, partnership=None, actor=actor)
    db.session.flush()
    seen = services.compared(upload, actor=actor).fingerprint
    db.session.commit()
    return upload.id, seen


def apply(import_id: int, seen: str, office_id: int) -> None:
    upload = db.session.get_one(RecordImport, import_id)
    services.apply_import(upload, seen=seen, actor=db.session.get_one(User, office_id))


def entered() -> tuple[int, int]:
    db.session.rollback()
    return len(db.session.scalars(select(Partnership.id)).all()), len(
        db.session.scalars(select(LeaderTerm.id)).all()
    )


def test_one_person_does_not_come_to_lead_by_a_file_and_on_a_page_at_once(app, make, office_id):
    make.municipality("Dobra", code="1601012")
    wola = make.partnership(led=False).id
    leader = make.user("Jan Lis", email="jan@d.example").id
    file = brought(office_id, "jan@d.example")

    def appoint() -> None:
        actor = db.session.get_one(User, office_id)
        there, person = db.session.get_one(Partnership, wola), db.session.get_one(User, leader)
        appoint_leader(there, person, starts_on=clock.today(), actor=actor)

    outcome = at_once(app, partial(apply, *file, office_id), appoint)

    assert outcome in (["LeadsElsewhere", "done"], ["RegisterChanged", "done"])
    db.session.rollback()
    assert len(db.session.scalars(select(LeaderTerm.id)).all()) == 1


def an_animator(make) -> int:
    person = make.animator("Jan Lis")
    person.email = "jan@d.example"
    db.session.commit()
    return int(person.id)


def roles_of(person_id: int) -> int:
    """How often somebody leads or advises."""
    db.session.rollback()
    terms = db.session.scalars(select(LeaderTerm.id).where(LeaderTerm.user_id == person_id)).all()
    own = select(AnimatorAssignment.id).where(AnimatorAssignment.animator_id == person_id)
    return len(terms) + len(db.session.scalars(own).all())


def test_nobody_comes_to_lead_by_a_file_where_a_page_assigns_them_at_once(app, make, office_id):
    dobra = make.municipality("Dobra", code="1601012").id
    person = an_animator(make)
    file = brought(office_id, "jan@d.example")

    def assign() -> None:
        place, animator = db.session.get_one(Municipality, dobra), db.session.get_one(User, person)
        assign_animator(place, animator, starts_on=clock.today(), actor=db.session.get_one(User, office_id))

    outcome = at_once(app, partial(apply, *file, office_id), assign)

    assert outcome in (["AdvisesOwn", "done"], ["RegisterChanged", "done"])
    assert roles_of(person) == 1


def test_nobody_comes_to_advise_by_a_file_where_a_page_appoints_them_at_once(app, make, office_id):
    partnership = make.partnership("A", municipality=make.municipality("Dobra", code="1601012"), led=False).id
    person = an_animator(make)
    file = brought(office_id, "", animator="jan@d.example")

    def appoint() -> None:
        there, leader = db.session.get_one(Partnership, partnership), db.session.get_one(User, person)
        appoint_leader(there, leader, starts_on=clock.today(), actor=db.session.get_one(User, office_id))

    outcome = at_once(app, partial(apply, *file, office_id), appoint)

    assert outcome in (["AdvisesHere", "done"], ["RegisterChanged", "done"])
    assert roles_of(person) == 1


def test_one_file_applied_twice_at_once_is_applied_once(app, make, office_id):
    make.municipality("Dobra", code="1601012")
    import_id, seen = brought(office_id, "jan@d.example")

    outcome = at_once(app, *(partial(apply, import_id, seen, office_id) for _ in range(2)))

    assert outcome == ["ImportIsOver", "done"]
    assert entered() == (1, 1)


def test_of_two_files_about_one_municipality_the_second_is_to_be_looked_at_again(app, make, office_id):
    make.municipality("Dobra", code="1601012")
    files = [brought(office_id, f"{name}@d.example") for name in ("jan", "ewa")]

    outcome = at_once(app, *(partial(apply, *file, office_id) for file in files))

    assert outcome == ["RegisterChanged", "done"]
    assert entered() == (1, 1)
