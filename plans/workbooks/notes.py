"""What is said about a cell, as the comment that a spreadsheet program shows beside it."""

from openpyxl.cell import Cell
from openpyxl.comments import Comment

AUTHOR = "Gromada"
COMMENT_WIDTH, LINE_HEIGHT, LETTERS_IN_LINE = 320, 18, 44


def put_note(cell: Cell, texts: list[str]) -> None:
    """One comment for all there is to say about a cell, behind what it says already."""
    said = [cell.comment.text] if cell.comment else []
    text = "\n\n".join([*said, *texts])
    lines = sum(1 + len(line) // LETTERS_IN_LINE for line in text.split("\n"))
    cell.comment = Comment(text, AUTHOR, width=COMMENT_WIDTH, height=LINE_HEIGHT * (lines + 1))
