"""Finding something in the text of an answer, or saying that it is not there."""

import re


def found(pattern: str, text: str) -> str:
    """The group of the pattern, at its first place in the text."""
    match = re.search(pattern, text)
    assert match, f"{pattern!r} is not in {text[:2000]!r}"
    return match.group(1)


def csrf_token(page: str) -> str:
    """The token of the first form on a page."""
    return found(r'name="csrf_token"[^>]*value="([^"]+)"', page)
