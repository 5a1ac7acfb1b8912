"""What a page of the board says, and what its files hold, in the same words: so that one can be held against the other."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from core.formatting import day
from core.i18n import in_language
from tasks.rules import TaskCode, TaskStatus
from tasks.words import task_label
from tests.support.forms import spoken
from tests.visit import Page


def said_on(page: Page) -> list[dict[str, object]]:
    """What the rows of the page say, by column; the county's code and the days waited apart, as they only repeat."""
    columns = page.tables[0][0][1:]
    rows = page.tree.xpath("//table//tbody/tr")
    return [dict(zip(columns, map(_said, columns, row.xpath("./*")[1:]), strict=True)) for row in rows]


def _said(column: str, cell: Any) -> object:
    words = spoken(cell)
    if column == "Municipality":
        return cell.xpath("./a")[0].text_content(), words.partition("municipality")[0].split()[-1]
    if column == "Tasks":
        return [mark.get("data-state") for mark in cell.xpath(".//i")]
    if column == "Hours left":
        whole, minutes = re.search(r"(\d+) h", words), re.search(r"(\d+) min", words)
        return (int(whole[1]) * 60 if whole else 0) + (int(minutes[1]) if minutes else 0)
    if column == "Waiting since":
        return cell.text.strip()
    if column == "Stage of the plan":
        return cell.xpath(".//*[contains(@class, 'ds-tag')]")[0].text_content().strip()
    if column == "Inhabitants":
        return words.replace(",", "").replace("–", "")
    return "" if words in ("No leader", "–", "none yet") else words


def held_in(line: Mapping[str, str]) -> dict[str, object]:
    """The same of a line of a file."""
    held: dict[str, object] = {
        "Municipality": (line["Municipality"], line["Type"].removesuffix(" municipality").split()[-1])
    }
    states = {str(status.label): status.state for status in TaskStatus}
    with in_language("en"):
        labels = [task_label(code) for code in TaskCode]
    if "Tasks settled" in line:
        held["Tasks"] = [states[line[label]] for label in labels]
    for column in ("Voivodeship", "Inhabitants", "Leader", "Animator", "Stage of the plan"):
        if column in line:
            held[column] = line[column]
    if "Waiting since" in line:
        held["Waiting since"] = as_shown(line["Waiting since"][:10])
    if "Minutes left" in line:
        held["Hours left"] = int(line["Minutes left"])
    if "Last contact" in line:
        held["Last contact"] = as_shown(line["Last contact"])
    return held


def as_shown(written: str) -> str:
    with in_language("en"):
        return day(date.fromisoformat(written)) if written else ""


def lines_of(sheet: Any) -> list[dict[str, str]]:
    """The rows of a workbook as a CSV has them."""
    rows = [row.cells for row in sheet.rows]
    head = next(number for number, cells in enumerate(rows) if "Municipality" in cells.values())
    names = {column: str(name) for column, name in rows[head].items()}
    return [
        {name: _written(cells.get(column)) for column, name in names.items()} for cells in rows[head + 1 :]
    ]


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
