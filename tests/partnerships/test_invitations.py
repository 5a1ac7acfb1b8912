"""What an invitation says it is for."""

import pytest

from accounts.queries import person_by_email
from accounts.services import resend_invitation
from tests.partnerships.handing_over import cast


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_an_invitation_says_in_its_readers_language_what_for_and_does_so_when_sent_again(make, visit, outbox):
    people = cast(make)
    visit(as_=people.leader).open(f"/partnerships/{people.partnership.id}/handover").submit(
        "Ask them", person_name="Nowa Osoba", email="nowa@gmina.example", effective_on="2026-05-01"
    )
    invited = person_by_email("nowa@gmina.example")
    assert invited is not None
    resend_invitation(invited, actor=make.office())

    first, again = outbox()
    assert [(mail.to_address, mail.language) for mail in (first, again)] == [("nowa@gmina.example", "pl")] * 2
    assert ["lider (Together) od 01.05.2026" in mail.body for mail in (first, again)] == [True, True]


def test_a_deputy_invited_again_reads_what_for(make, outbox):
    partnership, deputy = make.partnership("Together"), make.user(language="en")
    make.term(partnership, deputy)

    resend_invitation(deputy, actor=make.office())

    assert "Your role: deputy leader of the partnership Together" in outbox()[0].body
