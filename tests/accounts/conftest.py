"""Hashing is slow on purpose. Here it is made fast, where a test is not about hashing itself."""

import pytest
from argon2 import PasswordHasher

from accounts import passwords
from tests import make

FAST = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture
def fast_hashing(monkeypatch):
    monkeypatch.setattr(passwords, "_hasher", FAST)
    passwords._nobodys.cache_clear()
    make._hash_of.cache_clear()
    yield
    passwords._nobodys.cache_clear()
    make._hash_of.cache_clear()
