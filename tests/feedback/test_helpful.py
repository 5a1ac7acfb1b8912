"""Was this page helpful? Asked and answered without a cookie and without a script; nothing of the person is kept."""

from datetime import date, timedelta

import pytest
from sqlalchemy import inspect, select

from core.database import db
from feedback import jobs
from feedback.models import PageFeedback
from public.helpful import page_token

pytestmark = pytest.mark.usefixtures("clock")

SAME_SITE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


def answers() -> list[tuple[str, str, bool, str | None, date]]:
    db.session.rollback()
    found = db.session.scalars(select(PageFeedback).order_by(PageFeedback.id))
    return [(one.path, one.language, one.helpful, one.text, one.given_on) for one in found]


def address_on(client, path: str) -> str:
    html: str = client.get(path).text
    return html.partition('class="helpful-row" method="post" action="')[2].partition('"')[0]


def test_a_visitor_answers_with_one_button_and_may_add_words(visit):
    page = visit().open("/en/plans", sort="year")
    page = page.submit("Yes")
    assert answers() == [("/en/plans", "en", True, None, date(2026, 4, 15))]

    page = page.submit("Send the words", text="A map would help.")

    assert answers() == [("/en/plans", "en", True, "A map would help.", date(2026, 4, 15))]
    assert page.follow("Back to the page").url == "/en/plans"


def test_no_cookie_is_set_and_none_is_needed(client):
    address = address_on(client, "/pl/plany")

    answer = client.post(address, data={"helpful": "no"}, headers=SAME_SITE)
    words = client.get(answer.location)
    sent = client.post(answer.location, data={"text": "Brakuje mapy"}, headers=SAME_SITE)

    assert [one.status_code for one in (answer, words, sent)] == [303, 200, 303]
    assert "Set-Cookie" not in client.get("/pl/plany").headers
    assert ["Set-Cookie" in one.headers for one in (answer, words, sent)] == [False, False, False]
    assert answers()[0][:4] == ("/pl/plany", "pl", False, "Brakuje mapy")


def test_only_what_is_needed_is_kept():
    columns = {column.key for column in inspect(PageFeedback).columns}

    assert columns == {"id", "path", "language", "helpful", "text", "given_on"}


@pytest.mark.parametrize(
    "text",
    ["Proszę dzwonić: 601 602 603", "Piszcie na jan.kowalski@gmail.com", "Mój PESEL to 44051401359"],
)
def test_words_that_name_somebody_are_refused_before_they_are_kept(visit, text):
    page = visit().open("/en/plans").submit("No")

    page = page.submit("Send the words", expect=422, text=text)

    assert "This names somebody" in page.text
    assert answers()[0][3] is None


def test_words_are_added_once_and_within_the_hour(client, clock):
    address = address_on(client, "/pl/plany")
    first, second = (client.post(address, data={"helpful": "no"}).location for _ in range(2))
    client.post(first, data={"text": "Brakuje mapy"})

    assert client.get(first).status_code == 404
    clock.tick(hours=1, seconds=1)
    assert client.post(second, data={"text": "Za późno"}).status_code == 404
    assert [one[3] for one in answers()] == ["Brakuje mapy", None]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://localhost.evil"}]
)  # fmt: skip
def test_another_site_cannot_answer_for_its_visitors(client, headers):
    address = address_on(client, "/pl/plany")

    assert client.post(address, data={"helpful": "yes"}, headers=headers).status_code == 400
    assert answers() == []


def test_only_pages_of_ours_are_answered_for(app, client):
    forged = page_token("/pl/plany")[:-2] + "xx"

    assert client.post(f"/pl/czy-pomoglo/{forged}", data={"helpful": "yes"}).status_code == 404
    assert client.post(f"/pl/czy-pomoglo/{page_token('/pl/')}", data={"helpful": "maybe"}).status_code == 400
    assert answers() == []


def test_one_place_answers_five_times_for_a_page(client):
    address = address_on(client, "/pl/plany")

    statuses = [client.post(address, data={"helpful": "yes"}).status_code for _ in range(6)]

    assert statuses == [303, 303, 303, 303, 303, 429]


def test_pages_with_a_secret_in_their_address_and_those_of_people_signed_in_are_not_asked_about(visit, make):
    assert "Was this page helpful?" in visit().open("/en/").text
    assert "Was this page helpful?" not in visit().open("/sign-in").text
    assert "Was this page helpful?" not in visit(as_=make.office()).open("/office/feedback").text


def test_words_are_deleted_after_a_year_and_the_answer_stays(client, clock):
    address = address_on(client, "/pl/plany")
    client.post(client.post(address, data={"helpful": "no"}).location, data={"text": "Brakuje mapy"})

    clock.tick(days=365)
    assert jobs.forget() == "0 forgotten"
    clock.tick(days=1)

    assert jobs.forget() == "1 forgotten"
    assert answers() == [("/pl/plany", "pl", False, None, date(2026, 4, 15))]


# --- For the office --------------------------------------------------------------------------------------


def given(path: str, *helpful: bool, days_ago: int = 0, text: str | None = None) -> None:
    for one in helpful:
        on = date(2026, 4, 15) - timedelta(days=days_ago)
        db.session.add(PageFeedback(path=path, language="pl", helpful=one, text=text, given_on=on))
    db.session.commit()


def test_the_office_sees_pages_that_help_least_first_with_their_trend(visit, make):
    given("/pl/plany", True, True, True, False)
    given("/pl/plany", True, False, days_ago=40)
    given("/pl/", True)
    given("/pl/animatorzy", False, False, days_ago=40, text="Brakuje telefonu")

    page = visit(as_=make.office()).open("/office/feedback")

    assert page.tables[0][1:] == [
        ["/pl/animatorzy", "0", "2", "0%", "nothing to compare", "2"],
        ["/pl/plany", "4", "2", "67%", "better by 25 points", "0"],
        ["/pl/", "1", "0", "100%", "nothing to compare", "0"],
    ]


def test_of_a_page_the_office_reads_months_and_words(visit, make):
    given("/pl/plany", True, False, text="Brakuje mapy")
    given("/pl/plany", True, days_ago=40)
    given("/pl/", True, text="Dobra strona")

    page = visit(as_=make.office()).open("/office/feedback").follow("/pl/plany")

    assert [row for row in page.tables[0] if row[1:] != ["0", "0"]] == [
        ["Month", "Yes", "No"], ["March 2026", "1", "0"], ["April 2026", "1", "1"],
    ]  # fmt: skip
    assert ("Brakuje mapy" in page.text, "Dobra strona" in page.text) == (True, False)
    for odd in ("/nowhere", "/pl/plany\n"):
        visit(as_=make.office()).open("/office/feedback/page", of=odd, expect=404)
    assert visit(as_=make.office()).open("/office/feedback/page").url == "/office/feedback"


def test_the_list_takes_the_same_queries_for_one_page_and_for_many(visit, make, count_queries):
    office = make.office()

    def looked():
        visitor = visit(as_=office)
        visitor.open("/office/feedback")
        with count_queries() as queries:
            visitor.open("/office/feedback")
        return queries.count

    given("/pl/plany", True)
    one = looked()
    for number in range(5):
        given(f"/pl/gminy/{number}", True, False)

    assert looked() == one
