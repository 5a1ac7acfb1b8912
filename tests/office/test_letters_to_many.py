"""A letter to more leaders than a page can wait for: sent by jobs, each mail once, whatever happens to the process."""

import random
import re
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import func, insert, select

from accounts.models import User
from core.audit import AuditEvent
from core.database import db, writing
from core.long_work import LongState, LongWork, try_again
from core.mail import OutboxMail
from core.text import sort_key
from municipalities.models import Municipality, MunicipalityKind
from office.letters import services
from office.letters.errors import NobodyToWriteTo
from office.letters.models import Letter, LetterDelivery
from partnerships.models import LeaderTerm, Partnership, TermKind
from partnerships.workflow import PartnershipStatus
from tests.make import Make
from tests.support.figures import FIGURE
from tests.support.long_work import Workers, lease_runs_out, wait_for, work_off
from tests.visit import Page, Visits

MANY = 2000
FEW_MORE_THAN_WAITED_FOR = services.AT_ONCE + 10


@pytest.fixture
def office(make: Make) -> User:
    person = make.office()
    person.language = "en"
    db.session.commit()
    return person


@pytest.fixture
def workers(app) -> Iterator[Workers]:
    begun = Workers(app)
    yield begun
    begun.close()


def led_everywhere(make: Make, count: int) -> list[int]:
    """So many partnerships, each with a leader of its own, in a few statements. Their ids."""
    county = make.county()
    numbers = range(count)
    places = db.session.scalars(
        insert(Municipality).returning(Municipality.id),
        [
            {"name": f"Gmina {number:04d}", "kind": MunicipalityKind.RURAL, "code": f"16{number:04d}2",
             "slug": f"gmina-{number}", "county_id": county.id, "voivodeship_id": county.voivodeship_id,
             "search_text": f"gmina {number:04d}", "sort_key": sort_key(f"Gmina {number:04d}")}
            for number in numbers
        ],
    ).all()  # fmt: skip
    people = db.session.scalars(
        insert(User).returning(User.id),
        [{"name": f"Leader {number:04d}", "email": f"l{number}@gromada.example"} for number in numbers],
    ).all()
    founded = db.session.scalars(
        insert(Partnership).returning(Partnership.id),
        [
            {"programme_id": make.programme.id, "municipality_id": place, "name": "P", "status": PartnershipStatus.ACTIVE}
            for place in places
        ],
    ).all()  # fmt: skip
    since = make.programme.starts_on
    db.session.execute(
        insert(LeaderTerm),
        [
            {"partnership_id": one, "user_id": person, "kind": TermKind.LEADER, "starts_on": since}
            for one, person in zip(founded, people, strict=True)
        ],
    )
    db.session.commit()
    return list(founded)


def drafted(office: User, ids: list[int]) -> Letter:
    letter = services.draft_letter(
        subject="About {{municipality}}", body="Good morning {{leader}}", files=[], partnership_ids=ids, actor=office
    )  # fmt: skip
    db.session.commit()
    return letter


def sent_by_page(visit: Visits, office: User, letter: Letter, count: int) -> Page:
    page = visit(as_=office).open(f"/office/letters/{letter.id}")
    return page.submit(f"Send {count} mails")


def subjects() -> Counter[str]:
    """Of the mails of letters; nobody who writes is held up meanwhile."""
    db.session.rollback()
    with writing(False):
        found = select(OutboxMail.subject).where(OutboxMail.template == "office/mail/letter")
        counted = Counter(db.session.scalars(found))
        db.session.rollback()
    return counted


def expected(count: int) -> Counter[str]:
    return Counter(f"About Gmina {number:04d}" for number in range(count))


def test_more_than_a_page_waits_for_are_sent_by_jobs_with_their_count(visit, make, office, app):
    count = FEW_MORE_THAN_WAITED_FOR
    letter = drafted(office, led_everywhere(make, count))

    waiting = sent_by_page(visit, office, letter, count)

    assert "It waits its turn" in waiting.text
    assert subjects() == Counter()
    assert "The letter is being sent." in visit(as_=office).open(f"/office/letters/{letter.id}").text
    work_off(app)
    assert subjects() == expected(count)
    done = visit(as_=office).open(waiting.url)
    assert f"{count} of {count}" in done.text
    assert done.follow("See what came of it").url == f"/office/letters/{letter.id}"
    told = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "letter.sent")).one()
    assert (told.actor_id, told.data["mails"]) == (office.id, count)


def test_as_many_as_a_page_waits_for_are_sent_at_once(visit, make, office):
    letter = drafted(office, led_everywhere(make, services.AT_ONCE))

    page = sent_by_page(visit, office, letter, services.AT_ONCE)

    assert f"{services.AT_ONCE} mails go out." in page.text
    assert subjects() == expected(services.AT_ONCE)
    assert db.session.scalar(select(func.count()).select_from(LongWork)) == 0


def test_it_is_sent_once_though_it_is_asked_for_twice(visit, make, office, app):
    count = FEW_MORE_THAN_WAITED_FOR
    letter = drafted(office, led_everywhere(make, count))
    page = visit(as_=office).open(f"/office/letters/{letter.id}")
    page.submit(f"Send {count} mails")

    again = page.submit(f"Send {count} mails", expect=409)

    assert "This letter has been sent" in again.text
    work_off(app)
    assert subjects() == expected(count)


def test_nobody_is_written_to_who_no_longer_leads_when_their_turn_comes(make, office, app):
    count = FEW_MORE_THAN_WAITED_FOR
    ids = led_everywhere(make, count)
    letter = drafted(office, ids)
    services.send_letter_later(letter, actor=office)
    last = db.session.scalars(select(LeaderTerm).where(LeaderTerm.partnership_id == ids[-1])).one()
    last.ends_on = last.starts_on
    db.session.commit()

    work_off(app)

    assert subjects() == expected(count - 1)
    work = db.session.scalars(select(LongWork)).one()
    assert (work.state, work.done, work.total) == (LongState.DONE, count, count)


def test_what_failed_half_way_goes_on_with_those_who_have_none_yet(make, office, app, monkeypatch):
    count = 3 * services.AT_ONCE
    letter = drafted(office, led_everywhere(make, count))
    work = services.send_letter_later(letter, actor=office)
    deliver, calls = services.deliver_some, []

    def breaks(*args, **names):
        calls.append(1)
        if len(calls) == 2:
            raise NobodyToWriteTo
        return deliver(*args, **names)

    monkeypatch.setattr(services, "deliver_some", breaks)
    work_off(app)
    assert (work.state, work.done) == (LongState.FAILED, services.AT_ONCE)
    assert sum(subjects().values()) == services.AT_ONCE

    try_again(work, actor=office)
    work_off(app)

    assert (work.state, work.done) == (LongState.DONE, count)
    assert subjects() == expected(count)


def test_more_leaders_than_a_page_waits_for_are_reminded_by_jobs_each_once(visit, make, office, app):
    count = FEW_MORE_THAN_WAITED_FOR
    led_everywhere(make, count)
    page = visit(as_=office).open("/office/board/remind?whole=1")

    waiting = page.submit(f"Send {count} mails", note="Please look at it.")
    again = page.submit(f"Send {count} mails", note="Please look at it.")

    assert waiting.url == again.url
    assert "It waits its turn" in waiting.text
    work_off(app)
    found = select(OutboxMail).where(OutboxMail.template == "office/mail/task_reminder")
    reminded = db.session.scalars(found).all()
    assert sorted(one.to_name for one in reminded) == [f"Leader {number:04d}" for number in range(count)]
    assert all("Please look at it." in one.body for one in reminded)
    work = db.session.scalars(select(LongWork)).one()
    assert (work.state, work.done, work.total, work.parameters["note"]) == (LongState.DONE, count, count, "")
    assert f"{count} were reminded today" in visit(as_=office).open("/office/board/remind?whole=1").text


def test_two_thousand_leaders_get_one_mail_each_though_the_process_is_killed_again_and_again(
    make, office, workers, record_property
):
    letter = drafted(office, led_everywhere(make, MANY))
    letter_id = services.send_letter_later(letter, actor=office).parameters["letter"]
    db.session.commit()
    chance = random.Random(20261122)
    kept: list[int] = []
    for _kill in range(4):
        process = workers.start(1)[0]
        wait_for(lambda: sum(subjects().values()) > sum(kept[-1:]))
        time.sleep(chance.uniform(0, 0.08))
        workers.kill(process)
        lease_runs_out()
        kept.append(sum(subjects().values()))
        made = db.session.scalars(select(LongWork)).one()
        assert (made.done, kept[-1] % services.AT_ONCE) == (kept[-1], 0), "its count is true"
    began = time.monotonic()
    workers.start(2)
    wait_for(lambda: db.session.scalar(select(LongWork.state)) is LongState.DONE)

    assert subjects() == expected(MANY)
    delivered = select(func.count(LetterDelivery.recipient_id)).where(LetterDelivery.letter_id == letter_id)
    assert db.session.scalar(delivered) == MANY
    events = Counter(db.session.scalars(select(AuditEvent.event).where(AuditEvent.event.like("letter.%"))))
    assert (events["letter.written_to"], events["letter.sent"]) == (MANY, 1)
    assert kept == sorted(set(kept)), "each life got further"
    assert kept[-1] < MANY
    record_property(
        FIGURE,
        f"letter ({db.engine.dialect.name}): {MANY} mails, killed after {kept}, the rest by two processes in "
        f"{time.monotonic() - began:.1f} s, each once",
    )


def test_the_page_without_a_script_asks_for_itself_again(visit, make, office):
    letter = drafted(office, led_everywhere(make, FEW_MORE_THAN_WAITED_FOR))

    waiting = sent_by_page(visit, office, letter, FEW_MORE_THAN_WAITED_FOR)

    assert re.search(r'<noscript><meta http-equiv="refresh" content="3"></noscript>', waiting.html)
