"""Attendance brought again when those who were only counted have accounts: nobody is counted twice."""

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from tests.intake.bringing import bring, figures, problems
from tests.intake.workbooks import workbook
from webinars.models import Attendance

HEAD = ("Tytuł webinaru", "Data webinaru", "Gmina", "E-mail uczestnika")
TOLD = (
    "D{} Person's e-mail: Somebody without an account is counted here already. "
    "It is taken for this person, who has one by now."
)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def people(*names: str) -> bytes:
    return workbook(HEAD, *(("Hasła", "1.05.2025", "Dobra", f"{name}@dobra.example") for name in names))


def account(make, name: str) -> int:
    person = make.user(name, email=f"{name}@dobra.example")
    db.session.commit()
    return int(person.id)


def attended() -> set[tuple[int | None, int]]:
    return {(one.user_id, one.people_count) for one in db.session.scalars(select(Attendance))}


def test_who_has_an_account_by_now_is_no_longer_only_counted(make, office, dobra):
    bring(office, people("ewa"), "webinars").submit("Apply the file")
    ewa = account(make, "ewa")

    page = bring(office, people("ewa"), "webinars")

    assert (problems(page), figures(page)["Changed rows"]) == ([TOLD.format(2)], 1)
    page.submit("Apply the file")
    assert attended() == {(ewa, 1)}
    assert "dobra.example" not in str(db.session.scalars(select(AuditEvent.data)).all())
    assert figures(bring(office, people("ewa"), "webinars"))["Unchanged rows"] == 1


def test_all_who_were_counted_have_accounts_by_now(make, office, dobra):
    bring(office, people("ewa", "jan"), "webinars").submit("Apply the file")
    ewa, jan = account(make, "ewa"), account(make, "jan")

    bring(office, people("ewa", "jan"), "webinars").submit("Apply the file")

    assert attended() == {(ewa, 1), (jan, 1)}


def test_of_several_counted_one_has_an_account_by_now(make, office, dobra):
    bring(office, people("ewa", "jan", "ola"), "webinars").submit("Apply the file")
    ewa = account(make, "ewa")

    bring(office, people("ewa", "jan", "ola"), "webinars").submit("Apply the file")

    assert attended() == {(ewa, 1), (None, 2)}


def test_a_count_of_more_people_than_the_file_names_stays(make, office, dobra):
    bring(office, people("jan", "ola"), "webinars").submit("Apply the file")
    ewa = account(make, "ewa")

    page = bring(office, people("ewa"), "webinars")

    assert problems(page) == []
    page.submit("Apply the file")
    assert attended() == {(ewa, 1), (None, 2)}
