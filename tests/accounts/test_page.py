"""The frame of every page: who reads it, where they can go, in which language."""

import pytest

from accounts.page import for_every_page
from accounts.roles import Role
from core.i18n import in_language
from core.mail import OutboxMail
from core.sending import as_message


def test_a_page_names_its_reader_and_the_widest_of_their_roles(visit, make):
    person = make.animator("Anna Maria Nowak")
    make.holder(Role.OFFICE)
    header = visit(as_=person).open("/account").tree.find(".//header")

    assert header.find(".//*[@class='person-initials']").text == "AN"
    assert header.find(".//*[@class='person-role']").text == "Animator"


@pytest.mark.parametrize(
    ("role", "sees"), [("office", False), ("admin", True), ("animator", False), ("user", False)]
)
def test_the_menu_leads_only_where_one_may_go(visit, make, role, sees):
    """The office finds people on the page of its tools."""
    page = visit(as_=getattr(make, role)()).open("/account")

    assert ("People" in page.links) is sees


def test_every_link_of_the_menu_opens(visit, make):
    for person in (make.office(), make.admin(), make.animator(), make.user()):
        page = visit(as_=person).open("/account")
        addresses = [link.get("href") for link in page.tree.findall(".//nav[@id='main-nav']//a")]
        assert [page.visitor.client.get(address).status_code for address in addresses] == [200] * len(
            addresses
        )


def test_a_visitor_is_offered_the_other_language_and_to_sign_in(client):
    page = client.get("/sign-in?next=/plans/1").text

    assert (
        'href="/language/pl?next=/sign-in?next%3D/plans/1"' in page or "/language/pl?next=%2Fsign-in" in page
    )


def test_a_public_page_is_in_the_other_language_at_the_other_address(app):
    with app.test_request_context("/pl/gminy/opole"), in_language("pl"):
        links = {
            link.code: (link.url, link.current, link.method) for link in for_every_page()["language_links"]()
        }

    assert links == {"pl": ("/pl/gminy/opole", True, "get"), "en": ("/en/municipalities/opole", False, "get")}


def test_mails_are_framed_where_nobody_asks(app, config):
    from datetime import UTC, datetime

    mail = OutboxMail(
        dedupe_key="x", to_address="a@gromada.example", to_name="A", language="pl", subject="Temat", body="Treść",
        created_at=datetime(2026, 4, 15, tzinfo=UTC),
    )  # fmt: skip

    html = as_message(mail, config).get_body(("html",)).get_content()

    assert '<html lang="pl">' in html
    assert "Gminne partnerstwa na rzecz edukacji cyfrowej" in html
    assert "dofinansowany" in html


def test_an_ordinary_page_asks_little_about_its_reader(visit, make, count_queries):
    person = visit(as_=make.office())
    person.open("/account/password")

    with count_queries() as queries:
        person.open("/account/password")

    assert queries.count <= 3, str(queries)
