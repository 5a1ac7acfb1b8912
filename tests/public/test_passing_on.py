"""Addresses of public pages as they are passed on."""

import re
from pathlib import Path

import pytest

import public
from public.passing_on import ASKED, plain_address

READ = re.compile(r"(?:asked|args)\.get(?:list)?\(\"([a-z_]+)\"|asked_id\(\"([a-z_]+)\"")


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("/en/plans", "/en/plans"),
        ("/en/plans?fbclid=abc", "/en/plans"),
        ("/en/plans?utm_source=mail&q=%C5%81%C4%85ki&from=Anna", "/en/plans?q=%C5%81%C4%85ki"),
        (
            "/en/plans?topic=life.health&words=a+b%26c&page=2",
            "/en/plans?topic=life.health&words=a+b%26c&page=2",
        ),
        ("/en/plans?q=", "/en/plans"),
    ],
)
def test_what_somebody_hung_on_an_address_is_left_out(address: str, plain: str):
    assert plain_address(address) == plain


def test_everything_that_a_public_page_asks_for_stays_in_its_address():
    """A new filter of a public page: name it in ``ASKED``, or its results cannot be passed on."""
    modules = Path(str(public.__file__)).parent.glob("*.py")
    asked = {name for path in modules for found in READ.findall(path.read_text()) for name in found if name}

    assert {"voivodeship", "topic", "words"} <= asked
    assert asked - ASKED == set()
