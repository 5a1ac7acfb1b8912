"""What was taken back leaves its number to nobody: mails are promised by it, and the history speaks of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from alembic import command
from sqlalchemy import select, text

from core.audit import AuditEvent
from core.bulk import take_ids
from core.database import db, table_of
from core.mail import OutboxMail
from handbooks.models import HandbookIssue
from papers.kinds import PaperKind
from papers.models import Paper
from papers.services import make_paper
from partnerships import services
from partnerships.handovers.models import LeaderHandover
from partnerships.models import AnimatorAssignment, LeaderTerm, Partnership
from tests.handbooks.sending import enter_edition, send
from tests.partnerships.handing_over import confirmed

TODAY = date(2026, 4, 15)
IN_JUNE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def told(outbox) -> Callable[[Any], list[str]]:
    """What somebody was told, by the name of the mail."""

    def mails_to(person: Any) -> list[str]:
        mails: list[OutboxMail] = [one for one in outbox() if one.to_address == person.mail_address]
        return [one.dedupe_key.split(":")[0].removeprefix("partnership-") for one in mails]

    return mails_to


def appoint(
    partnership: Partnership, person: Any, starts_on: date, actor: Any, *, can_submit: bool = False
) -> LeaderTerm:
    return services.appoint_deputy(
        partnership, person, starts_on=starts_on, can_submit=can_submit, can_publish=False, actor=actor
    )


def test_who_is_appointed_again_after_a_term_was_taken_back_is_told_again(make, told):
    partnership, deputy, office = make.partnership(), make.user(), make.office()
    first = appoint(partnership, deputy, IN_JUNE, office)
    services.end_term(first, ends_on=TODAY, reason="", actor=office)

    appoint(partnership, deputy, TODAY, office, can_submit=True)

    assert told(deputy) == ["you_deputise", "your_term_ends", "you_deputise"]
    assert told(partnership.leader(TODAY)) == ["new_deputy", "term_ends", "new_deputy"]


def test_the_leader_is_told_of_the_animator_who_comes_in_place_of_another(make, told):
    partnership, office = make.partnership(advised=False), make.office()
    first, second, place = make.animator(), make.animator(), partnership.municipality
    former = services.assign_animator(place, first, starts_on=IN_JUNE, actor=office)

    services.assign_animator(place, second, starts_on=IN_JUNE, takes_back=[former.id], actor=office)

    assert told(first) == ["you_advise", "assignment_taken_back"]
    assert told(second) == ["you_advise"]
    assert told(partnership.leader(TODAY)) == ["new_animator", "new_animator"]


def test_the_history_of_a_term_tells_nothing_of_one_taken_back_before(make):
    partnership, office = make.partnership(), make.office()
    jan = appoint(partnership, make.user("Jan Wrona"), IN_JUNE, office)
    services.end_term(jan, ends_on=TODAY, reason="He is ill", actor=office)

    ewa = appoint(partnership, make.user("Ewa Lis"), IN_JUNE, office)

    of_hers = select(AuditEvent.event).where(
        AuditEvent.record_kind == "leader_term", AuditEvent.record_id == ewa.id
    )
    assert db.session.scalars(of_hers).all() == ["partnership.deputy_appointed"]


def test_ids_taken_for_many_rows_at_once_are_not_those_of_rows_taken_back(make):
    partnership, office = make.partnership(), make.office()
    term = appoint(partnership, make.user(), IN_JUNE, office)
    former = services.assign_animator(
        partnership.municipality, make.animator(), starts_on=IN_JUNE, actor=office
    )
    given = term.id, former.id
    services.end_term(term, ends_on=TODAY, reason="", actor=office)
    services.end_assignment(former, ends_on=TODAY, actor=office)

    taken = take_ids(LeaderTerm, 1)[0], take_ids(AnimatorAssignment, 1)[0]

    assert taken[0] > given[0]
    assert taken[1] > given[1]


def test_the_upgrade_keeps_every_row_and_goes_on_after_those_taken_back(app, make):
    """Down and up again: with a hand-over, which refers to two terms, and papers about a term and a sending."""
    partnership, office = confirmed(make).partnership, make.office()
    enter_edition(office)
    (issue,) = send(office, partnership.municipality)
    for kind, about in ((PaperKind.APPOINTMENT, partnership.terms[0]), (PaperKind.RECEIPT, issue)):
        make_paper(kind, partnership, about, actor=office)
    term = appoint(partnership, make.user(), IN_JUNE, office)
    given = term.id
    services.end_term(term, ends_on=TODAY, reason="", actor=office)
    db.session.commit()
    before = everything()
    assert all(before[table_of(one).name] for one in (LeaderTerm, HandbookIssue, Paper))

    alembic = app.extensions["migrate"].migrate.get_config()
    command.downgrade(alembic, "0047")
    command.upgrade(alembic, "head")

    assert everything() == before
    assert take_ids(LeaderTerm, 1)[0] > given


def everything() -> dict[str, list[Any]]:
    kinds = LeaderTerm, AnimatorAssignment, HandbookIssue, LeaderHandover, Paper
    tables = [table_of(one) for one in kinds]
    rows = {one.name: list(db.session.execute(select(one).order_by(one.c.id))) for one in tables}
    if db.engine.dialect.name == "sqlite":
        built = (
            "SELECT type, name, sql FROM sqlite_master WHERE type <> 'table' "
            "AND tbl_name IN ('leader_term', 'animator_assignment', 'handbook_issue')"
        )
        rows["built"] = sorted(db.session.execute(text(built)).all(), key=str)
        rows["missing"] = list(db.session.execute(text("PRAGMA foreign_key_check")))
    db.session.remove()
    return rows
