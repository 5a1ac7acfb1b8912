"""The first sheet, which says how to fill in the workbook, and the last, which says whose it is."""

from core.i18n import _
from core.workbooks import palette
from plans.definitions import Layout
from plans.workbooks import styles
from plans.workbooks.book import Book
from plans.workbooks.layout import (
    FIRST_ROW,
    GUIDE_SHEET,
    KEY_COLUMN,
    LABEL_COLUMN,
    META_SHEET,
    PUBLIC,
    VALUE_COLUMN,
)
from plans.workbooks.page import Page, link
from plans.workbooks.records import WIDTHS, write_record_header

GUIDE_WIDTHS = [30.0, 110.0]


def write_guide(book: Book) -> None:
    page = book.page(GUIDE_SHEET, GUIDE_WIDTHS)
    page.head(book.title, book.definition.help.in_language(book.language), tab=palette.ACCENT)
    row = _write_steps(page, 4)
    row = _write_colours(page, row + 1)
    _write_contents(book, page, row + 1)
    page.fit_rows()
    page.print_setup(book.title, repeat_header=False)


def _write_steps(page: Page, row: int) -> int:
    page.put(row, 1, _("How to fill it in"), styles.HEADING)
    steps = (
        _(
            "Fill in the sheets from left to right. Columns with a dark header and a star are needed; all else is up to you."
        ),
        _("Start each row of a table below the last one. To remove a row, delete it or empty it."),
        _(
            "Where a cell offers a list, choose from it. Several values stand in one cell separated by a semicolon."
        ),
        _(
            "Codes such as N1 or C2 are names of rows. You may leave them empty: they fill themselves when you upload."
        ),
        _("Do not write names, phone numbers or private e-mail addresses where nobody asks for them."),
        _(
            "Save the file as .xlsx and upload it on the page of your plan. You see every change before it is applied."
        ),
    )
    for number, step in enumerate(steps, start=1):
        page.put(row + number, 1, _("Step %(number)s", number=number), styles.STEP)
        page.put(row + number, 2, step, styles.BODY)
    return row + len(steps) + 1


def _write_colours(page: Page, row: int) -> int:
    page.put(row, 1, _("What the colours mean"), styles.HEADING)
    legend = (
        (styles.REQUIRED, _("Name *"), _("Needed: the plan cannot be sent without it.")),
        (
            styles.OPTIONAL,
            _("Name (*)"),
            _("Needed in some rows only, for instance once a training was held."),
        ),
        (
            styles.OPTIONAL,
            _("Name"),
            _("May stay empty. Such columns can be folded with the plus sign above them."),
        ),
        (
            styles.EXAMPLE,
            _("Example"),
            _("An example to look at. The upload skips this row; you may delete it."),
        ),
        (styles.PREFILLED, _("Value"), _("Filled in for you. Correct it where it is wrong.")),
        (styles.KEY, "row_uid", _("Small grey cells hold the workbook together. Leave them as they are.")),
    )
    for offset, (style, sample, meaning) in enumerate(legend, start=1):
        page.put(row + offset, 1, sample, style)
        page.put(row + offset, 2, meaning, styles.BODY)
    return row + len(legend) + 1


def _write_contents(book: Book, page: Page, row: int) -> None:
    page.put(row, 1, _("Sheets"), styles.HEADING)
    for sheet in book.sheets:
        row += 1
        cell = page.put(row, 1, sheet.name, styles.LINK)
        link(cell, sheet.name)
        text = sheet.title.in_language(book.language)
        if sheet.layout is Layout.TABLE and not any(column.required for column in sheet.columns):
            text = _("%(title)s (may stay empty)", title=text)
        page.put(row, 2, text, styles.BODY)


def write_meta(book: Book) -> None:
    page = book.page(META_SHEET, WIDTHS[:VALUE_COLUMN])
    help_text = _("By this the upload recognises your plan. Leave this sheet as it is.")
    page.head(_("About this file"), help_text, tab=palette.RULE)
    write_record_header(page, with_help=False)
    for row, (label, key, value) in enumerate(_identity(book), start=FIRST_ROW):
        page.put(row, LABEL_COLUMN, label, styles.OPTIONAL)
        page.put(row, KEY_COLUMN, key, styles.KEY)
        page.put(row, VALUE_COLUMN, value, styles.READ_ONLY)
    page.freeze(f"A{FIRST_ROW}")
    page.print_setup(book.title)


def _identity(book: Book) -> list[tuple[str, str, str]]:
    identity = book.identity
    version = "" if identity.base_version is None else str(identity.base_version)
    answers = " ".join(f"{uid}:{mark}" for uid, mark in book.answered.items())
    return [
        (_("Template"), "template_code", identity.template_code),
        (_("Template version"), "template_version", str(identity.template_version)),
        (_("Plan"), "plan_uid", identity.plan_uid),
        (_("Municipality code"), "municipality_code", identity.municipality_code),
        (_("Programme"), "programme", identity.programme),
        (_("Plan version"), "base_version", version),
        (_("Checksum"), "base_hash", identity.base_hash or ""),
        (_("Language"), "language", identity.language),
        *([(_("For whom"), "audience", PUBLIC)] if book.public else []),
        *([(_("Answers"), "answers", answers)] if answers else []),
    ]
