"""A second reader of calendar files, written from RFC 5545 alone: it knows lines, folding and escapes, and no more."""

import re

_ESCAPED = re.compile(r"\\([\\;,nN])")


def parts_of(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every component with its properties, in order. A property keeps its parameters in its name."""
    assert data.endswith(b"\r\n")
    unfolded = data.decode().replace("\r\n ", "").replace("\r\n\t", "")
    parts: list[tuple[str, dict[str, str]]] = []
    inside: list[tuple[str, dict[str, str]]] = []
    for line in unfolded.split("\r\n")[:-1]:
        name, colon, value = line.partition(":")
        assert colon, f"no property: {line!r}"
        if name == "BEGIN":
            inside.append((value, {}))
            parts.append(inside[-1])
        elif name == "END":
            assert inside.pop()[0] == value
        else:
            inside[-1][1][name] = _ESCAPED.sub(
                lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), value
            )
    assert inside == []
    return parts
