"""Pages on which a partnership begins and ends."""

from datetime import date

import pytest

from accounts.queries import person_by_email
from core.database import db
from municipalities.models import Municipality
from partnerships.models import Organisation, Partnership
from partnerships.queries import open_partnership_of
from partnerships.workflow import PartnershipStatus

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def partnership_in(municipality: Municipality) -> Partnership:
    partnership = open_partnership_of(municipality)
    assert partnership is not None
    return partnership


def test_the_office_founds_with_leader_and_animator_in_one_form(make, visit, outbox):
    office, animator, municipality = make.office(), make.animator("Ola Maj"), make.municipality("Żółta Gęś")

    found = visit(as_=office).open("/partnerships/new").submit("Show", q="zolta ges", expect=200)
    form = found.follow(f"Found here ({municipality.label})")
    page = form.submit(
        "Enter the partnership",
        name="Cyfrowa Gęś",
        founded_on=YESTERDAY,
        leader_name="Ewa Lis",
        leader_email="Ewa.Lis@gmina.example",
        organisation_name="Biblioteka",
        org_type="library",
        animator_id=str(animator.id),
    )

    partnership = partnership_in(municipality)
    leader = person_by_email("ewa.lis@gmina.example")
    assert leader is not None
    assert page.url == f"/partnerships/{partnership.id}"
    assert (partnership.name, partnership.founded_on) == ("Cyfrowa Gęś", YESTERDAY)
    assert (partnership.leader(TODAY), partnership.animator(TODAY)) == (leader, animator)
    assert [member.organisation.name for member in partnership.members] == ["Biblioteka"]
    assert sorted((mail.to_address, mail.dedupe_key.partition(":")[0]) for mail in outbox()) == sorted(
        [
            (leader.email, "invitation"),
            (leader.email, "partnership-you_lead"),
            (animator.email, "partnership-new_leader"),
            (animator.email, "partnership-you_advise"),
        ]
    )


def test_founding_needs_only_a_name(make, visit):
    municipality = make.municipality()

    page = visit(as_=make.office()).open(f"/partnerships/new/{municipality.id}")
    page.submit("Enter the partnership", name="To come")

    partnership = partnership_in(municipality)
    assert (partnership.status, partnership.leader(TODAY)) == (PartnershipStatus.PLANNED, None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Fill in this field"),
        ({"founded_on": TOMORROW}, "The founding lies in the future."),
        ({"leader_name": "Ewa Lis"}, "Write the leader's e-mail address, too"),
        ({"leader_email": "ewa@gmina.example"}, "Write the name of the leader, too"),
        (
            {"leader_name": "Ewa", "leader_email": "ewa at home"},
            "Enter an e-mail address such as name@gmina.pl",
        ),
        ({"organisation_name": "Biblioteka", "org_type": "library"}, "An organisation comes with its leader"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_founded(make, visit, fields, sentence):
    municipality = make.municipality()
    page = visit(as_=make.office()).open(f"/partnerships/new/{municipality.id}")

    refused = page.submit("Enter the partnership", **{"name": "Razem", **fields}, expect=422)

    assert sentence in refused.text
    assert open_partnership_of(municipality) is None
    assert db.session.query(Organisation).count() == 0


def test_a_second_partnership_is_refused_in_the_form_and_in_the_list(make, visit):
    partnership = make.partnership(municipality=make.municipality("Lubań"))
    visitor = visit(as_=make.office())

    found = visitor.open("/partnerships/new", q="luban")
    refused = visitor.open(f"/partnerships/new/{partnership.municipality_id}").submit(
        "Enter the partnership", name="Another", expect=422
    )

    assert f"Has one already ({partnership.municipality.label})" in found.links
    assert "This municipality already has a partnership. Close that one first." in refused.text


def test_a_refused_founding_leaves_no_invited_person_behind(make, visit, outbox):
    municipality = make.partnership().municipality
    page = visit(as_=make.office()).open(f"/partnerships/new/{municipality.id}")

    page.submit(
        "Enter the partnership", name="X", leader_name="Ewa", leader_email="ewa@gmina.example", expect=422
    )

    assert person_by_email("ewa@gmina.example") is None
    assert list(outbox()) == []


def test_the_office_closes_with_a_reason(make, visit):
    partnership = make.partnership()
    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/close")

    refused = page.submit("Close the partnership", expect=422)
    closed = refused.submit("Close the partnership", reason="The municipality left the programme")

    assert "Say why" in refused.text
    assert "The partnership is closed. Those concerned get a mail." in closed.text
    db.session.refresh(partnership)
    assert (partnership.status, partnership.closed_on) == (PartnershipStatus.CLOSED, TODAY)
