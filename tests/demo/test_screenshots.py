"""The photographs of the demonstration are of every page: those of each role, and those for everybody."""

import pytest
from sqlalchemy import delete, func, select

from accounts.demo_sign_ins import DEMO_SIGN_INS
from accounts.models import OneTimeToken, User
from core.database import db
from script.screenshot_pages import pages_for


@pytest.fixture
def names(demo):
    """The pages that would be photographed for whoever signs in with this address; for visitors without one."""

    def of(email=None):
        person = db.session.scalars(select(User).where(User.email == email)).one() if email else None
        found = [page.name for page in pages_for(demo, person, "pl")]
        assert len(found) == len(set(found)), "each has a file of its own"
        return set(found)

    last = db.session.scalar(select(func.max(OneTimeToken.id))) or 0
    yield of
    db.session.execute(delete(OneTimeToken).where(OneTimeToken.id > last))
    db.session.commit()


def test_what_everybody_may_open_is_photographed_as_a_visitor_sees_it(names):
    assert names() >= {
        "accounts-sign_in",
        "accounts-ask_for_sign_in_link",
        "accounts-sign_in_by_link-sign_in",
        "accounts-invitation-invitation",
        "public-home",
        "public-plans",
        "public-plan-published",
        "public-municipality-without-plan",
        "no-such-page",
        "sign-in-link-used",
    }


@pytest.mark.parametrize(
    ("email", "some"),
    [
        ("leader@gromada.example", {"plans-show-general-returned", "plans-answer-open"}),
        ("deputy@gromada.example", {"progress-home", "accounts-profile"}),
        ("animator@gromada.example", {"plans-waiting", "plans-show-general-in_review"}),
        ("office@gromada.example", {"office-board", "people-index", "progress-partnership-planned"}),
        ("admin@gromada.example", {"people-index", "people-show-invited"}),
    ],
)
def test_each_role_is_photographed_where_it_works(names, email, some):
    assert email in DEMO_SIGN_INS
    assert names(email) >= {
        "progress-home",
        "accounts-profile",
        "municipalities-index",
        "no-such-page",
        *some,
    }
