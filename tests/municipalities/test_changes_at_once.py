"""Two people at the same moment: one is done, the other hears that somebody was faster. On both databases."""

from functools import partial

import pytest
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from core.database import db
from core.workflow import NotNow
from municipalities import followers
from municipalities.change_queries import change_by_id, successors_of
from municipalities.errors import ChangedMeanwhile
from municipalities.journal import Journal
from municipalities.models import MunicipalityChange, MunicipalityCode, MunicipalityName
from municipalities.services.changing import (
    apply_change,
    discard,
    undo_change,
)
from municipalities.workflow import ChangeKind
from tests.municipalities.changes import (
    DRAWSKO,
    GROMADKA,
    IN_2019,
    OSTROWICE,
    ZLOCIENIEC,
    applied,
    drafted,
    known,
    renamed,
)
from tests.municipalities.register import small_register, take_in, unit
from tests.support.at_once import at_once


@pytest.fixture(autouse=True)
def register(app, clock):
    """The small register of 2018, asked on one day."""
    take_in(small_register())


@pytest.fixture
def office(make) -> User:
    person: User = make.office()
    return person


def of(change_id: int) -> MunicipalityChange:
    """As a page finds it: one that is gone is "not there any more"."""
    found = change_by_id(change_id)
    if found is None:
        raise NotNow
    return found


def test_of_two_who_apply_one_change_at_once_the_second_is_refused(app, office):
    change_id = drafted(ChangeKind.RENAME, renamed("Osla"), on=IN_2019, actor=office).id
    actor_id = office.id

    def apply() -> None:
        apply_change(of(change_id), actor=db.session.get_one(User, actor_id))

    assert at_once(app, apply, apply) == ["NotNow", "done"]
    assert [row.name for row in unit(GROMADKA).names] == ["Gromadka", "Osla"]


def test_of_two_changes_of_one_municipality_at_once_one_is_refused(app, office):
    into = [
        drafted(ChangeKind.ABOLISH, known(OSTROWICE), known(code), on=IN_2019, actor=office).id
        for code in (DRAWSKO, ZLOCIENIEC)
    ]
    actor_id = office.id

    def apply(change_id: int) -> None:
        apply_change(of(change_id), actor=db.session.get_one(User, actor_id))

    outcome = at_once(app, *(partial(apply, id_) for id_ in into))

    assert outcome == ["HasEnded", "done"]
    db.session.expire_all()
    assert len(successors_of(unit(OSTROWICE))) == 1


def test_of_two_who_undo_at_once_the_second_is_refused(app, office, clock):
    clock.release()  # both of them live today
    change_id = applied(ChangeKind.RENAME, renamed("Osla"), on=IN_2019, actor=office).id
    actor_id = office.id

    def undo() -> None:
        undo_change(of(change_id), actor=db.session.get_one(User, actor_id))

    assert at_once(app, undo, undo) == ["NotNow", "done"]
    assert unit(GROMADKA).name == "Gromadka"


def test_a_draft_discarded_meanwhile_cannot_be_applied(app, office):
    change = drafted(ChangeKind.RENAME, renamed("Osla"), actor=office)
    change_id, actor_id = change.id, office.id

    def apply() -> None:
        apply_change(of(change_id), actor=db.session.get_one(User, actor_id))

    def throw_away() -> None:
        discard(of(change_id), actor=db.session.get_one(User, actor_id))

    assert at_once(app, apply, throw_away) == ["NotNow", "done"]


class Following(followers.Follower):
    """Writes something that the database refuses."""

    topic = "Tests"

    def __init__(self, *written: object) -> None:
        self.written = written

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        for record in self.written:
            journal.add(record)


def test_only_what_somebody_else_can_have_taken_is_called_so(office, monkeypatch):
    """A fault of the program is not passed off as another person at work."""
    change = drafted(ChangeKind.RENAME, renamed("Osla"), on=IN_2019, actor=office)
    db.session.commit()
    nowhere = MunicipalityName(municipality_id=987654, name="Nowhere", slug="nowhere")
    twice = MunicipalityCode(municipality_id=unit(DRAWSKO).id, code=OSTROWICE, six_digits=OSTROWICE[:6])

    for record, refusal in ((nowhere, IntegrityError), (twice, ChangedMeanwhile)):
        monkeypatch.setattr(followers, "_followers", [Following(record)])
        with pytest.raises(refusal):
            apply_change(change, actor=office)
        db.session.rollback()
