"""What tests of papers ask for: a partnership of which everything is known."""

from collections.abc import Callable
from datetime import date, time

import pytest

from core.database import db
from handbooks.models import HandbookIssue
from handbooks.services import keep_edition, send_copies
from meetings.models import PartnershipMeeting
from meetings.services import When, call_meeting
from municipalities.models import Mayor
from papers.kinds import PaperKind
from papers.models import Paper
from papers.services import make_paper
from papers.subjects import choices_for, chosen
from partnerships.models import Partnership
from tests.make import Make
from tests.support.documents import pdf

TODAY = date(2026, 4, 15)


@pytest.fixture
def partnership(clock, make: Make) -> Partnership:
    place = make.municipality("Łąki Górne", code="1601012")
    partnership = make.partnership(
        "Razem „Żółta Gęś”",
        municipality=place,
        leader=make.user("Anna Lis"),
        animator=make.animator("Jan Wilk"),
        founded_on=date(2026, 3, 2),
    )
    member = make.member(partnership, make.organisation("Biblioteka w Łąkach", municipality=place))
    organisation = member.organisation
    organisation.signatory_function, organisation.signatory_name = "Dyrektorka", "Ewa Mróz"
    organisation.registry_kind, organisation.registry_no = "regon", "123456785"
    organisation.power_of_attorney = "7/2026"
    member.contribution = ["room"]
    db.session.add_all(
        [
            Mayor(
                municipality=place,
                title="wojt",
                name="Stary Wójt",
                valid_from=date(2020, 1, 1),
                valid_to=date(2026, 3, 31),
            ),
            Mayor(municipality=place, title="wojt", name="Nowa Wójt", valid_from=date(2026, 4, 1)),
        ]
    )
    db.session.commit()
    return partnership


@pytest.fixture
def leader(partnership: Partnership):
    return partnership.leader(TODAY)


@pytest.fixture
def meeting(partnership: Partnership, leader) -> PartnershipMeeting:
    when = When(
        date(2026, 4, 20), time(17), 90, "Świetlica w Łąkach", "Powitanie\nCzego potrzebują mieszkańcy"
    )
    meeting = call_meeting(partnership, when, invite=False, actor=leader)
    db.session.commit()
    return meeting


@pytest.fixture
def issue(partnership: Partnership, make: Make) -> HandbookIssue:
    office = make.office()
    keep_edition(
        None,
        title="Podręcznik partnerstw",
        edition="2, poprawione",
        published_on=date(2026, 1, 1),
        is_current=True,
        file=("podrecznik.pdf", pdf()),
        actor=office,
    )
    (issue,) = send_copies([partnership.municipality], sent_on=date(2026, 4, 1), sent_count=4, actor=office)
    db.session.commit()
    return issue


MakePaper = Callable[..., Paper]


@pytest.fixture
def paper(partnership: Partnership, meeting: PartnershipMeeting, issue: HandbookIssue, leader) -> MakePaper:
    """Makes one of a kind, about the first thing there is to choose."""

    def make_one(kind: PaperKind = PaperKind.AGREEMENT) -> Paper:
        choices = choices_for(kind, partnership)
        about = chosen(kind, partnership, choices[0].id) if choices else None
        made = make_paper(kind, partnership, about, actor=leader)
        db.session.commit()
        return made

    return make_one
