"""Every page about people, in both languages."""

import pytest

from accounts import services
from accounts.roles import Role
from core.i18n import LANGUAGES

VISITORS_PAGES = ("/sign-in", "/forgot-password", "/forgot-password/sent", "/new-password/x", "/invitation/x")
OWN_PAGES = ("/account", "/account/password", "/account/sessions", "/language/pl")
OFFICE_PAGES = ("/people", "/people/invite", "/people/{id}", "/people/{id}/deactivate")
EXPECTED = {"/new-password/x": 404, "/invitation/x": 404}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", VISITORS_PAGES)
def test_pages_for_visitors_are_shown_in_their_language(client, address, language):
    client.set_cookie("gromada_language", language)

    page = client.get(address)

    assert page.status_code == EXPECTED.get(address, 200)
    assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", OWN_PAGES)
def test_pages_about_oneself_are_shown_in_the_persons_language(visit, make, address, language):
    person = make.user("Żółta Gęś", language=language)

    page = visit(as_=person).open(address)

    assert page.tree.get("lang") == language
    assert "Żółta Gęś" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", OFFICE_PAGES)
def test_pages_about_people_are_shown_in_the_persons_language(visit, make, db_session, address, language):
    office = make.office()
    office.language = language
    invited = services.invite("ewa@gromada.example", "Ewa Nowak", role=Role.ANIMATOR, actor=office)

    page = visit(as_=office).open(address.format(id=invited.id))

    assert page.tree.get("lang") == language
