"""The plain text of a mail as simple HTML."""

from collections.abc import Iterator, Sequence

from flask import current_app
from markupsafe import Markup, escape


def as_html(body: str) -> Markup:
    """Paragraphs, headings (a line with dashes below it), lists of lines that begin with a dash, links to our own address."""
    blocks = [_block(block.splitlines()) for block in body.strip().split("\n\n") if block.strip()]
    return Markup("\n").join(blocks)


def heading(title: str) -> str:
    """A heading as plain text has it."""
    return f"{title}\n{'-' * min(len(title), 60)}"


def _block(lines: Sequence[str]) -> Markup:
    if len(lines) == 2 and len(lines[1]) >= 3 and set(lines[1]) == {"-"}:
        return Markup("<h2>{}</h2>").format(lines[0])
    if lines[0].startswith("- ") and all(line.startswith(("- ", "  ")) for line in lines):
        return Markup("<ul>{}</ul>").format(Markup("").join(_items(lines)))
    return Markup("<p>{}</p>").format(Markup("<br>").join(_linked(line) for line in lines))


def _items(lines: Sequence[str]) -> Iterator[Markup]:
    """A line that is set in goes on with what stands above it."""
    items: list[list[Markup]] = []
    for line in lines:
        if line.startswith("- "):
            items.append([])
        items[-1].append(_linked(line[2:].strip()))
    return (Markup("<li>{}</li>").format(Markup("<br>").join(parts)) for parts in items)


def _linked(line: str) -> Markup:
    own = current_app.config["PUBLIC_URL"]
    words = [
        Markup('<a href="{0}">{0}</a>').format(word) if word.startswith(f"{own}/") else escape(word)
        for word in line.split(" ")
    ]
    return Markup(" ").join(words)
