"""Logging and reading remote advice as people do it, without a script."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from animators.advice.services.logging import Talk, log_advice
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core.database import db
from core.formatting import day as day_text
from partnerships.models import AssignmentKind, TermKind

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


def talk(town, **other):
    said = {"channel": Channel.PHONE, "minutes": 30, "topics": ["annual_plan"], "day": TODAY, **other}
    return Talk(municipality_id=town.municipality_id, **said)


def logged(town, anna, **other):
    entry = log_advice(talk(town, **other), key=f"{other}", actor=anna)
    db.session.commit()
    return entry


def entries():
    db.session.rollback()
    return db.session.scalars(select(Consultation).order_by(Consultation.id)).all()


def test_a_call_is_logged_and_the_page_says_what_is_left(visit, anna, town):
    page = visit(as_=anna).open("/advice").follow("Log advice")

    after = page.submit("Log it", quick="30", topics=["annual_plan"], channel="phone")

    assert after.headings[0] == "Logged"
    assert "30 min for Ostrowice; 7 h 30 min left." in after.text
    assert after.links["Log another"] == "/advice/log"
    [entry] = entries()
    assert (entry.animator_id, entry.municipality_id, entry.actual_minutes) == (
        anna.id,
        town.municipality_id,
        30,
    )


def test_the_form_begins_with_what_was_logged_last(visit, make, anna, town):
    second = make.partnership(animator=anna, municipality=make.municipality("Brzeg"))
    logged(town, anna)
    logged(second, anna, channel=Channel.ONLINE, topics=["funding"])

    page = visit(as_=anna).open("/advice/log")

    form = dict(page.form("Log it").pairs())
    assert (form["municipality"], form["channel"], form["day"]) == (
        str(second.municipality_id),
        "online",
        "2026-04-15",
    )
    picks = [
        one.text_content().split()
        for one in page.tree.xpath("//*[@id='municipality']//div[@class='pick']/label")
    ]
    assert picks == [["Brzeg7", "h", "30", "min", "left"], ["Ostrowice7", "h", "30", "min", "left"]]
    topics = [one.get("value") for one in page.tree.xpath("//*[@id='topics']//input")]
    assert topics[:2] == ["funding", "annual_plan"]


def test_of_many_municipalities_five_are_at_hand_and_the_others_in_a_list(visit, make, anna):
    towns = [make.partnership(animator=anna, municipality=make.municipality(f"Gmina {n}")) for n in range(8)]

    page = visit(as_=anna).open("/advice/log", municipality=towns[7].municipality_id)

    at_hand = [one.get("value") for one in page.tree.xpath("//*[@id='municipality']//input")]
    others = [one.get("value") for one in page.tree.xpath("//*[@id='other']/option")]
    assert at_hand == [str(towns[n].municipality_id) for n in (0, 1, 2, 3, 7)]
    assert others == ["", *(str(towns[n].municipality_id) for n in (4, 5, 6))]
    assert dict(page.form("Log it").pairs())["municipality"] == str(towns[7].municipality_id)

    page.submit("Log it", other=str(towns[5].municipality_id), quick="10", topics=["tools"])

    assert [one.municipality_id for one in entries()] == [towns[5].municipality_id]


def test_any_other_length_is_typed_and_counts_before_a_tap(visit, anna, town):
    visit(as_=anna).open("/advice/log").submit("Log it", quick="10", minutes="1:15", topics=["tools"])

    assert [one.actual_minutes for one in entries()] == [75]


@pytest.mark.parametrize("typed", ["-5", "0", "1.5", "10000", "long"])
def test_what_is_no_length_comes_back_with_a_sentence(visit, anna, town, typed):
    page = visit(as_=anna).open("/advice/log")

    answer = page.submit("Log it", expect=422, quick="10", minutes=typed, topics=["tools"])

    assert "Something needs correcting" in answer.text
    assert dict(answer.form("Log it").pairs())["minutes"] == typed
    assert entries() == []


def test_what_is_missing_is_named(visit, anna, town):
    answer = visit(as_=anna).open("/advice/log").submit("Log it", expect=422)

    assert "Choose at least one topic" in answer.text


def test_the_same_form_sent_twice_is_one_entry(visit, anna, town):
    page = visit(as_=anna).open("/advice/log")
    said = {"quick": "30", "topics": ["annual_plan"], "channel": "phone"}

    first = page.submit("Log it", **said)
    second = page.submit("Log it", **said)

    assert first.url == second.url
    assert [one.actual_minutes for one in entries()] == [30]


def test_another_talk_from_the_page_gone_back_to_is_logged_on_the_second_try(visit, anna, town):
    page = visit(as_=anna).open("/advice/log")
    page.submit("Log it", quick="30", topics=["annual_plan"], channel="phone")

    asked = page.submit("Log it", expect=422, quick="45", topics=["annual_plan"], channel="phone")
    asked.submit("Log it")

    assert "From this form 30 min for Ostrowice on 15 Apr 2026 was logged already." in asked.text
    assert [one.actual_minutes for one in entries()] == [30, 45]


def test_little_left_is_said_before_anything_is_saved(visit, anna, town):
    logged(town, anna, minutes=340)
    page = visit(as_=anna).open("/advice/log")

    warned = page.submit("Log it", expect=422, quick="60", topics=["tools"])
    before = len(entries())
    warned.submit("Log it")

    assert "Little is left" in warned.text
    assert (before, len(entries())) == (1, 2)


def test_over_the_pot_a_reason_is_asked_for_and_then_taken(visit, anna, town):
    logged(town, anna, minutes=470)
    page = visit(as_=anna).open("/advice/log")

    asked = page.submit("Log it", expect=422, quick="30", topics=["tools"])
    after = asked.submit("Log it", over_reason="Kontrola")

    assert "20 min go over the pot" in asked.text
    assert "20 min are over the pot" in after.text
    assert [one.over_budget_minutes for one in entries()] == [0, 20]


def test_what_the_pot_would_hold_is_told_only_of_ones_own_municipalities(visit, make, anna, town):
    foreign = make.partnership().municipality_id

    visitor = visit(as_=anna)
    own = visitor.client.get(f"/advice/forecast?municipality={town.municipality_id}&quick=30")
    other = visitor.client.get(f"/advice/forecast?municipality={foreign}&quick=30")

    assert "7 h 30 min of 8 h will be left" in own.get_data(as_text=True)
    assert other.get_data(as_text=True).strip() == ""


def test_a_municipality_of_somebody_else_is_refused_in_words(visit, make, anna, town):
    foreign = make.partnership(animator=make.animator("Piotr Lis"), municipality=make.municipality("Brzeg"))
    page = visit(as_=anna).open("/advice/log")
    form = page.form("Log it")
    fields = {name: value for name, value in form.pairs() if isinstance(value, str)}

    answer = page.visitor.client.post(
        "/advice/log",
        data={**fields, "municipality": foreign.municipality_id, "quick": "10", "topics": "tools"},
    )

    assert answer.status_code == 422
    assert "You do not advise Brzeg. Ask the programme office who logs this talk." in answer.get_data(
        as_text=True
    )
    assert "Piotr Lis" not in answer.get_data(as_text=True)


def test_undone_with_one_press(visit, anna, town):
    page = visit(as_=anna).open("/advice/log").submit("Log it", quick="30", topics=["tools"])

    after = page.submit("Undo")

    assert after.headings[0] == "Taken back"
    assert [one.status for one in entries()] == [ConsultationStatus.VOID]
    assert "Undo" not in after.buttons


def test_minutes_are_corrected_with_a_reason(visit, anna, town):
    page = visit(as_=anna).open("/advice/log").submit("Log it", quick="30", topics=["tools"])

    form = page.follow("Correct the minutes")
    refused = form.submit("Correct it", expect=422, minutes="45")
    after = refused.submit("Correct it", reason="Drugi telefon")

    assert "Say why: it stands in the history" in refused.text
    assert "45 min for Ostrowice; 7 h 15 min left." in after.text


def test_a_correction_may_be_tapped(visit, anna, town):
    page = visit(as_=anna).open("/advice/log").submit("Log it", minutes="50", topics=["tools"])

    after = page.follow("Correct the minutes").submit("Correct it", quick="20", reason="Z przerwą")

    assert "20 min for Ostrowice; 7 h 40 min left." in after.text


def test_the_same_minutes_are_no_correction(visit, anna, town):
    page = visit(as_=anna).open("/advice/log").submit("Log it", quick="30", topics=["tools"])

    form = page.follow("Correct the minutes")
    after = form.submit("Correct it", expect=422, minutes="30", reason="Drugi telefon")

    assert "Nothing is different" in after.text


def test_the_leader_sees_it_the_same_day_and_may_object(visit, make, anna, town):
    leader = town.leader(TODAY)
    logged(town, anna, summary="Rozkład kwartałów")

    page = visit(as_=leader).open(f"/partnerships/{town.id}").follow("Advice")
    one = page.follow("15 Apr 2026")

    assert "30 min, Phone · annual training plan · Anna Nowak" in page.text
    assert "Rozkład kwartałów" in page.text
    assert "Confirm" in one.buttons
    assert "Something is not right" in one.links


def test_whom_to_call_stands_with_the_number_and_the_time(visit, make, anna, town):
    leader, deputy = town.leader(TODAY), make.user("Ewa Bąk")
    leader.phone, leader.best_time = "77 123 45 67", "po 16"
    make.term(town, deputy, kind=TermKind.DEPUTY)

    page = visit(as_=anna).open(f"/advice/call/{town.id}")

    assert page.links["77 123 45 67"] == "tel:771234567"
    assert "Leader · po 16" in page.text
    assert "Ewa Bąk" in page.text
    assert page.links["Log this call"] == f"/advice/log?municipality={town.municipality_id}&channel=phone"


def test_what_is_prefilled_comes_from_the_address(visit, make, anna, town):
    other = make.partnership(animator=anna)
    logged(other, anna, channel=Channel.ONLINE)

    address = f"/advice/log?municipality={town.municipality_id}&channel=phone&minutes=25"
    form = dict(visit(as_=anna).open(address).form("Log it").pairs())

    assert (form["municipality"], form["channel"], form["quick"]) == (
        str(town.municipality_id),
        "phone",
        "25",
    )


@pytest.mark.parametrize(("tapped", "minutes"), [({}, 25), ({"quick": "10"}, 10), ({"minutes": "12"}, 12)])
def test_what_the_call_seemed_to_take_gives_way_to_any_other_answer(visit, anna, town, tapped, minutes):
    page = visit(as_=anna).open("/advice/log?minutes=25")

    page.submit("Log it", topics=["tools"], **tapped)

    assert [one.actual_minutes for one in entries()] == [minutes]


def test_during_a_leave_the_list_says_who_covers(visit, make, anna, town):
    cover = make.animator("Piotr Zając")
    make.assignment(town.municipality, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=TODAY)

    mine = visit(as_=anna).open("/advice/log")
    theirs = visit(as_=cover).open("/advice/log")

    assert "Piotr Zając covers today" in mine.text
    assert "8 h left" in theirs.text


def test_markup_in_a_note_stays_text(visit, anna, town):
    logged(town, anna, summary=HOSTILE)

    page = visit(as_=town.leader(TODAY)).open(f"/partnerships/{town.id}/advice")

    assert HOSTILE in page.text
    assert "<img src=x" not in page.html


def test_pages_ask_the_database_as_often_for_many_as_for_few(visit, make, anna, town, count_queries):
    leader = town.leader(TODAY)
    visitors = {"/advice": visit(as_=anna), "/advice/log": visit(as_=anna)}
    visitors[f"/partnerships/{town.id}/advice"] = visit(as_=leader)
    logged(town, anna)
    before = {path: _counted(visitor, path, count_queries) for path, visitor in visitors.items()}
    for number in range(4):
        another = make.partnership(animator=anna)
        logged(another, anna, minutes=10 + number)
        logged(town, anna, minutes=10 + number, day=date(2026, 4, 10))

    after = {path: _counted(visitor, path, count_queries) for path, visitor in visitors.items()}

    assert after == before


def _counted(visitor, path, count_queries):
    visitor.open(path)
    with count_queries() as queries:
        visitor.open(path)
    return queries.count


def test_sent_by_the_script_the_answer_says_where_to_go(visit, anna, town):
    page = visit(as_=anna).open("/advice/log")
    form = page.form("Log it")
    form.fill("quick", "30")
    form.fill("topics", ["tools"])
    fields = [(name, value) for name, value in form.pairs() if isinstance(value, str)]

    answer = page.visitor.client.post("/advice/log", data=dict(fields), headers={"X-Keep-Text": "yes"})

    [entry] = entries()
    assert (answer.status_code, answer.headers["X-Go-To"]) == (204, f"/advice/entries/{entry.id}")
    assert "Location" not in answer.headers


def test_a_day_before_the_programme_is_refused(visit, make, anna, town):
    began = make.programme.starts_on
    page = visit(as_=anna).open("/advice/log")

    answer = page.submit(
        "Log it", expect=422, quick="10", topics=["tools"], day="1999-01-01", late_reason="Dawno"
    )

    assert f"The programme began on {day_text(began)}. Enter a day from then on." in answer.text
    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 0


def test_a_former_day_stands_with_noon(visit, anna, town):
    page = visit(as_=anna).open("/advice/log")

    page.submit("Log it", quick="10", topics=["tools"], day="2026-04-10")

    assert [one.actual_start for one in entries()] == [datetime(2026, 4, 10, 10, tzinfo=UTC)]


@pytest.mark.parametrize(
    "odd", ["0", "-1", "9" * 400, str(2**63), "٣", "²", "\x00", "x" * 3000, "31.04.2026"]
)
def test_what_nobody_types_breaks_nothing(visit, anna, town, odd):
    visitor = visit(as_=anna)
    fields = dict(visitor.open("/advice/log").form("Log it").pairs())

    asked = {
        visitor.client.get("/advice/log", query_string={name: odd}).status_code
        for name in ("request", "municipality", "channel", "minutes")
    }
    sent = {
        visitor.client.post(
            "/advice/log", data={**fields, "quick": "10", "topics": "tools", name: odd}
        ).status_code
        for name in ("municipality", "other", "quick", "topics", "channel", "day", "key", "warned")
    }

    assert asked <= {200, 400, 404}  # a NUL in an address is refused before anybody reads it
    assert sent <= {303, 422}
