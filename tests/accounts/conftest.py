"""Hashing is slow on purpose. Here it is made fast, where a test is not about hashing itself."""

import pytest
from argon2 import PasswordHasher

from accounts import passwords
from tests import make
from tests.accounts.links import EMAIL, PASSWORD, link_in

FAST = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture
def fast_hashing(monkeypatch):
    monkeypatch.setattr(passwords, "_hasher", FAST)
    passwords._nobodys.cache_clear()
    make._hash_of.cache_clear()
    yield
    passwords._nobodys.cache_clear()
    make._hash_of.cache_clear()


@pytest.fixture
def ewa(make):
    return make.user("Ewa Nowak", email=EMAIL, password=PASSWORD)


@pytest.fixture
def ask(visit, outbox):
    """A visitor who has asked for a link, and the link."""

    def asked(email=EMAIL, *, visitor=None, way_on=""):
        visitor = visitor or visit()
        page = visitor.open(f"/sign-in{way_on}")
        page.submit("Send me a link instead", email=email)
        return visitor, link_in(outbox()[-1])

    return asked
