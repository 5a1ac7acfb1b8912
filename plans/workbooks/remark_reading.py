"""Reads what was answered to remarks in a workbook. The rest of their sheet is the reviewer's."""

from dataclasses import replace

from core.workbooks.raw import RawSheet
from plans.definitions import PlanRow, SheetDefinition
from plans.workbooks.layout import ANSWER_COLUMNS
from plans.workbooks.sheet_reading import Answer, Context, SheetReading
from plans.workbooks.table_reading import read_columns

UID, WORDS = "comment_uid", ANSWER_COLUMNS[-1]


def read_answers(raw: RawSheet, sheet: SheetDefinition, context: Context) -> SheetReading:
    """Each with the cell it stands in. Personal data in one are refused as they are in a cell of the plan."""
    columns = tuple(column for column in sheet.columns if column.key in (UID, *ANSWER_COLUMNS))
    reading = read_columns(raw, sheet, columns, context)
    reading.answers = [_answer(row, reading) for row in reading.rows if _is_answered(row, reading)]
    uids = {row.row_uid: str(row.values[UID]) for row in reading.rows if UID in row.values}
    # a row has no id of its own here: what was found in it goes by its remark
    reading.findings = [replace(one, row_uid=uids.get(one.row_uid or "")) for one in reading.findings]
    return reading


def _is_answered(row: PlanRow, reading: SheetReading) -> bool:
    """Of an answer whose words could not be taken the rest says too little."""
    has_answer = UID in row.values and row.values.keys() & set(ANSWER_COLUMNS)
    return bool(has_answer) and (row.row_uid, WORDS) not in reading.not_taken


def _answer(row: PlanRow, reading: SheetReading) -> Answer:
    kind, answer = (row.values.get(key) for key in ANSWER_COLUMNS)
    cell = reading.places.cell(row.row_uid, UID)
    return Answer(str(row.values[UID]), str(kind) if kind else None, str(answer or ""), cell or "")
