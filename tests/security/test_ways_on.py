"""Where somebody goes on to after signing in, asking for a link or putting a hint away: always a page of ours."""

import pytest

from accounts.link_browsers import COOKIE, LinkBrowser, signed, this_browser
from tests.support.reading import csrf_token, found

PASSWORD = "wrona lubi zielony herbatnik"
EMAIL = "ewa@gromada.example"

ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http:evil.example",
    "evil.example",
    "@evil.example",
    "/" + "a" * 3000,
    "/\u2028/evil.example",
]


@pytest.fixture
def ewa(make):
    return make.user("Ewa Nowak", email=EMAIL, password=PASSWORD)


def posted(client, address, query, **fields):
    token = csrf_token(client.get("/sign-in/link").text)
    return client.post(address, query_string=query, data={"csrf_token": token, **fields})


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_sign_in_link_leads_nowhere_else(client, ewa, outbox, wanted):
    asked = posted(client, "/sign-in/link", {"next": wanted}, email=EMAIL)
    link = found(r"http://localhost(/sign-in/link/\S+)", outbox()[-1].body)

    answer = client.post(link, data={"csrf_token": csrf_token(client.get(link).text)})

    assert (asked.status_code, asked.headers["Location"]) == (303, "/sign-in/link-sent")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_hint_leads_nowhere_else(visit, ewa, wanted):
    visitor = visit(as_=ewa)
    token = csrf_token(visitor.open("/account").html)

    answer = visitor.client.post(
        "/hints/board/dismiss", query_string={"next": wanted}, data={"csrf_token": token}
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_even_a_cookie_of_ours_leads_nowhere_else(app, wanted):
    """Should the key ever leak, or the rules for paths become stricter than those of yesterday's cookie."""
    cookie = signed(LinkBrowser("secret", wanted))

    with app.test_request_context(headers={"Cookie": f"{COOKIE}={cookie}"}):
        browser = this_browser()

    assert browser == LinkBrowser("secret", "/")


def test_a_way_on_of_our_own_is_kept_whole(client, ewa, outbox):
    posted(client, "/sign-in/link", {"next": "/office/board?q=%C5%81%C3%B3d%C5%BA&page=2"}, email=EMAIL)
    link = found(r"http://localhost(/sign-in/link/\S+)", outbox()[-1].body)

    answer = client.post(link, data={"csrf_token": csrf_token(client.get(link).text)})

    assert answer.headers["Location"] == "/office/board?q=%C5%81%C3%B3d%C5%BA&page=2"


def test_the_page_that_asks_hands_the_way_on_from_one_form_to_the_other(client):
    page = client.get("/sign-in", query_string={"next": "/account"})

    assert 'action="/sign-in?next=/account"' in page.text
    assert 'formaction="/sign-in/link?next=/account"' in page.text
