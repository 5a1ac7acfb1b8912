"""A paper's words as they are kept: plain data, with a fingerprint by which the same paper is known again."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from papers.markup import Block, BlockKind, Text


def frozen(text: Text) -> dict[str, Any]:
    return {
        "title": printable(text.title),
        "blocks": [
            {
                "kind": str(block.kind),
                "texts": [printable(words) for words in block.texts],
                "rows": block.rows,
                "cells": [[printable(cell) for cell in row] for row in block.cells],
            }
            for block in text.blocks
        ],
    }


def thawed(content: Mapping[str, Any]) -> Text:
    return Text(
        content["title"],
        tuple(
            Block(
                BlockKind(block["kind"]),
                tuple(block["texts"]),
                block["rows"],
                tuple(tuple(row) for row in block["cells"]),
            )
            for block in content["blocks"]
        ),
    )


def fingerprint(content: Mapping[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def printable(words: str) -> str:
    """Without control characters, which no document may hold; lines stay lines."""
    kept = (letter for letter in words.replace("\t", " ") if letter.isprintable() or letter == "\n")
    return "".join(kept)
