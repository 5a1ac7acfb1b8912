"""Numbers as a telephone dials them."""

DIALLED = frozenset("0123456789+*#,;")


def dialled(number: str) -> str:
    """Of what people write beside a number only what can be dialled: a filter of templates, behind ``tel:``."""
    return "".join(letter for letter in number if letter in DIALLED)
