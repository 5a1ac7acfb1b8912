"""Asking one's animator, and being answered."""

from datetime import date

import pytest
from sqlalchemy import select

from animators.advice.models import RequestStatus
from animators.advice.queries import open_requests_for, request_by_id
from animators.advice.services.logging import Talk, log_advice, undo
from animators.advice.services.requests import Question, ask, decline, withdraw
from animators.consultations.models import Channel, Consultation
from core.database import db
from core.errors import DomainError
from partnerships.handovers.open_work import move_open_work
from partnerships.models import AssignmentKind, TermKind
from partnerships.services import close_partnership
from phrases.models import PhraseKind, PhraseUse
from phrases.services import Wording, add_phrase

TODAY = date(2026, 4, 15)
HOSTILE = """"'><img src=x onerror=alert(1)>{{7*7}}"""


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def anna(make):
    return make.animator("Anna Nowak")


@pytest.fixture
def town(make, anna):
    return make.partnership(animator=anna, municipality=make.municipality("Ostrowice"))


@pytest.fixture
def leader(town):
    return town.leader(TODAY)


def asked(town, leader, question="Ile szkoleń?", **other):
    said = {"topic": "annual_plan", "question": question, "channel": Channel.CHAT, **other}
    request = ask(town, Question(**said), key=question, actor=leader)
    db.session.commit()
    return request


def talk(town, **other):
    said = {"channel": Channel.PHONE, "minutes": 20, "topics": ["annual_plan"], "day": TODAY, **other}
    return Talk(municipality_id=town.municipality_id, **said)


def test_a_request_reaches_the_animator_with_everything_in_the_mail(town, leader, anna, outbox):
    leader.phone = "77 123"

    asked(town, leader, wished_times="po 16")

    [mail] = outbox()
    assert (mail.to_address, mail.reply_to) == (anna.mail_address, leader.mail_address)
    assert mail.subject == "Ostrowice asks for advice: annual training plan"
    for part in (
        "Ile szkoleń?",
        "Channel: Chat or e-mail",
        "When it suits: po 16",
        "Phone: 77 123",
        "/advice/requests/",
    ):
        assert part in mail.body


def test_during_a_leave_the_cover_gets_it_and_has_it_on_the_list(make, town, leader, anna, outbox):
    cover = make.animator("Piotr Zając")
    make.assignment(town.municipality, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=TODAY)
    db.session.refresh(town)

    request = asked(town, leader)

    assert [mail.to_address for mail in outbox()] == [cover.mail_address]
    assert (list(open_requests_for(cover)), list(open_requests_for(anna))) == ([request], [])


def test_it_moves_with_the_assignment(make, town, leader, anna, clock):
    request = asked(town, leader)
    town.assignments[0].ends_on = TODAY
    successor = make.animator()
    make.assignment(town.municipality, successor, starts_on=date(2026, 4, 16))
    clock.tick(days=1)

    assert (list(open_requests_for(anna)), list(open_requests_for(successor))) == ([], [request])


def test_without_an_animator_the_office_is_told(make, outbox):
    office = make.office()
    orphan = make.partnership(advised=False)

    asked(orphan, orphan.leader(TODAY))

    [mail] = outbox()
    assert mail.to_address == office.mail_address
    assert "nobody advises this partnership at the moment" in mail.body


def test_sent_twice_it_is_one_request_and_one_mail(town, leader, outbox):
    first, second = asked(town, leader), asked(town, leader)

    assert first.id == second.id
    assert len(outbox()) == 1


def test_another_question_from_the_page_gone_back_to_is_sent_on_the_second_try(visit, town, leader, outbox):
    page = visit(as_=leader).open(f"/partnerships/{town.id}/advice/ask")
    page.submit("Send the request", topic="funding", question="Skąd?", channel="chat")

    said = page.submit(
        "Send the request", expect=422, topic="funding", question="Na jak długo?", channel="chat"
    )
    said.submit("Send the request")

    assert "From this form another question was sent already." in said.text
    assert [mail.body.count("Na jak długo?") for mail in outbox()] == [0, 1]


def test_a_new_leader_finds_it_still_open(town, leader):
    asked(town, leader)

    said = [str(one.text) for one in move_open_work(town, leader)]

    assert said == ["Request for advice of 15 Apr 2026 on annual training plan: it waits for an answer"]


def test_answered_in_writing_it_is_entered_as_a_chat_and_told(town, leader, anna, outbox):
    request = asked(town, leader)

    entry = log_advice(talk(town, channel=Channel.CHAT), key="a", answers=request, answer="Trzy.", actor=anna)

    assert (request.status, request.answer, request.consultation_id) == (
        RequestStatus.ANSWERED,
        "Trzy.",
        entry.id,
    )
    mail = outbox()[-1]
    assert (mail.to_address, mail.subject) == (
        leader.mail_address,
        "Ostrowice: the answer to your request, annual training plan",
    )
    assert "Trzy." in mail.body
    assert "Ile szkoleń?" in mail.body


def test_where_nobody_leads_any_more_the_deputies_get_the_answer(make, town, leader, anna, outbox):
    request = asked(town, leader)
    for name in ("Ewa Bąk", "Jan Kos"):
        make.term(town, make.user(name), kind=TermKind.DEPUTY)
    town.terms[0].ends_on = date(2026, 4, 14)
    db.session.commit()
    db.session.expire(town)

    log_advice(talk(town, channel=Channel.CHAT), key="a", answers=request, answer="Trzy.", actor=anna)

    told = [mail.to_name for mail in outbox() if mail.template == "advice/mail/answered"]
    assert sorted(told) == ["Ewa Bąk", "Jan Kos"]


def test_answered_by_a_call_it_is_linked_and_needs_no_mail(town, leader, anna, outbox):
    request = asked(town, leader)

    entry = log_advice(talk(town), key="a", answers=request, actor=anna)

    assert (request.status, request.consultation_id) == (RequestStatus.ANSWERED, entry.id)
    assert len(outbox()) == 1


def test_an_answer_sent_twice_is_one_entry(town, leader, anna):
    request = asked(town, leader)
    first = log_advice(talk(town), key="a", answers=request, actor=anna)

    assert log_advice(talk(town), key="a", answers=request, actor=anna).id == first.id


def test_when_the_talk_is_taken_back_the_request_waits_again(town, leader, anna):
    request = asked(town, leader)

    undo(log_advice(talk(town), key="a", answers=request, actor=anna), actor=anna)

    assert (request.status, request.consultation_id, request.answer) == (RequestStatus.OPEN, None, None)


def test_closed_with_a_word_the_partnership_reads_it(town, leader, anna, outbox):
    request = asked(town, leader)

    decline(request, word="Wyjaśnione na spotkaniu", actor=anna)

    assert (request.status, request.answer) == (RequestStatus.DECLINED, "Wyjaśnione na spotkaniu")
    assert "Wyjaśnione na spotkaniu" in outbox()[-1].body


def test_of_a_partnership_that_is_closed_nothing_waits_for_the_animator(make, town, leader, anna, outbox):
    request, answered = asked(town, leader), asked(town, leader, "Kiedy?")
    log_advice(talk(town), key="a", answers=answered, actor=anna)
    before = len(outbox())

    close_partnership(town, closed_on=TODAY, reason="Biblioteka się przenosi", actor=make.office())
    db.session.commit()

    assert list(open_requests_for(anna)) == []
    assert (request.status, request.answer) == (RequestStatus.DECLINED, "Biblioteka się przenosi")
    assert (answered.status, answered.answer) == (RequestStatus.ANSWERED, None)
    assert not any(mail.template == "advice/mail/closed" for mail in outbox()[before:])


def test_what_is_closed_is_not_closed_or_answered_again(town, leader, anna):
    request = asked(town, leader)
    withdraw(request, actor=leader)
    db.session.commit()

    for attempt in (
        lambda: withdraw(request, actor=leader),
        lambda: decline(request, word="Nie", actor=anna),
        lambda: log_advice(talk(town), key="a", answers=request, actor=anna),
    ):
        with pytest.raises(DomainError, match="closed already: Taken back"):
            attempt()
        db.session.rollback()


def test_from_the_question_to_the_answer(visit, town, leader, anna):
    page = visit(as_=leader).open(f"/partnerships/{town.id}/advice").follow("Ask for advice")
    sent = page.submit("Send the request", topic="funding", question=f"Skąd? {HOSTILE}", channel="chat")
    assert "Sent to Anna Nowak." in sent.text
    assert "Waits for" in sent.text

    waiting = visit(as_=anna).open("/advice")
    answer = waiting.follow("Ostrowice: funding").follow("Answer in writing")
    done = answer.submit("Send the answer", answer=f"Z gminy {HOSTILE}", quick="15")
    assert "Answered. The partnership gets it by mail." in done.text
    assert "Asked for advice" not in visit(as_=anna).open("/advice").headings

    read = visit(as_=leader).open(sent.url)
    assert f"Z gminy {HOSTILE}" in read.text
    assert "Anna Nowak, 15 Apr 2026: 15 min, Chat or e-mail" in read.text
    assert "<img src=x" not in sent.html + done.html + read.html


def test_a_talk_logged_from_the_request_closes_it(visit, town, leader, anna):
    request_id = asked(town, leader, channel=Channel.PHONE).id

    page = visit(as_=anna).open(f"/advice/requests/{request_id}").follow("Log the talk")
    fields = dict(page.form("Log it").pairs())
    page.submit("Log it", quick="20")

    assert (fields["municipality"], fields["channel"], fields["topics"]) == (
        str(town.municipality_id),
        "phone",
        "annual_plan",
    )
    db.session.expire_all()
    answered = request_by_id(request_id)
    assert answered is not None
    assert (answered.status, answered.consultation is not None) == (RequestStatus.ANSWERED, True)


def test_a_talk_with_another_municipality_answers_nothing(visit, make, town, leader, anna):
    elsewhere = make.partnership(animator=anna, municipality=make.municipality("Brzeg"))
    request_id = asked(town, leader).id
    page = visit(as_=anna).open(f"/advice/log?request={request_id}")

    said = page.submit("Log it", expect=422, municipality=str(elsewhere.municipality_id), quick="20")

    assert "This answers a request of Ostrowice. Choose it, or log the other talk by itself." in said.text
    db.session.expire_all()
    waiting = request_by_id(request_id)
    assert waiting is not None
    assert waiting.status is RequestStatus.OPEN
    assert db.session.scalars(select(Consultation)).all() == []


def test_a_request_of_others_cannot_be_answered_by_naming_it(visit, make, town, leader):
    request_id = asked(town, leader).id
    stranger = make.animator()
    make.partnership(animator=stranger)

    visit(as_=stranger).open(f"/advice/log?request={request_id}", expect=404)


def test_who_asked_and_leads_no_more_is_not_called(visit, make, town, leader, anna):
    leader.phone, leader.best_time = "77 123", "po 16"
    request_id = asked(town, leader).id
    before = visit(as_=anna).open(f"/advice/requests/{request_id}")
    town.terms[0].ends_on = date(2026, 4, 14)
    db.session.commit()

    after = visit(as_=anna).open(f"/advice/requests/{request_id}")

    assert before.links["Call 77 123"] == "tel:77123"
    assert "Best time to call: po 16" in before.text
    assert "77 123" not in after.text
    assert "po 16" not in after.text
    assert after.links["Call"] == f"/advice/call/{town.id}"


def test_taken_back_by_the_partnership(visit, town, leader):
    request_id = asked(town, leader).id

    after = visit(as_=leader).open(f"/advice/requests/{request_id}").submit("Take the request back")

    assert "Taken back. Nobody needs to answer it any more." in after.text
    assert after.buttons.count("Take the request back") == 0


def test_the_age_of_a_request_stands_beside_it(visit, town, leader, anna, clock):
    asked(town, leader)
    clock.tick(days=4)

    assert "for 4 days" in visit(as_=anna).open("/advice").text


def test_a_ready_phrase_that_is_only_chosen_goes_before_what_was_typed(visit, town, leader, anna):
    request_id = asked(town, leader).id
    mine = add_phrase(
        Wording(PhraseKind.ADVICE, "Where to look", "It stands in the handbook."), owner=anna, actor=anna
    )
    db.session.commit()

    visit(as_=anna).open(f"/advice/requests/{request_id}/answer").submit(
        "Send the answer", answer="On page 4.", quick="15", phrase=mine.key
    )

    db.session.expire_all()
    answered = request_by_id(request_id)
    assert answered is not None
    assert answered.answer == "It stands in the handbook.\nOn page 4."


def test_a_ready_phrase_goes_into_the_answer_without_a_script(visit, town, leader, anna):
    request_id = asked(town, leader).id
    mine = add_phrase(
        Wording(PhraseKind.ADVICE, "Liczba szkoleń", "Zwykle wystarczą trzy."), owner=anna, actor=anna
    )
    db.session.commit()
    page = visit(as_=anna).open(f"/advice/requests/{request_id}/answer")

    again = page.submit("Insert", answer="Dzień dobry.", quick="15", phrase=mine.key, expect=422)
    after = again.submit("Send the answer")

    db.session.expire_all()
    answered = request_by_id(request_id)
    assert answered is not None
    assert answered.answer == "Dzień dobry.\nZwykle wystarczą trzy."
    assert "Answered. The partnership gets it by mail." in after.text
    assert [(use.phrase_key, use.times) for use in db.session.scalars(select(PhraseUse))] == [(mine.key, 1)]
