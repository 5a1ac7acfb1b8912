"""What is done with papers and their texts."""

from papers.services.making import made_before, make_paper
from papers.services.scans import choose_paper, keep_scan, keep_waiting
from papers.services.texts import change_text, restore_text

__all__ = [
    "change_text",
    "choose_paper",
    "keep_scan",
    "keep_waiting",
    "made_before",
    "make_paper",
    "restore_text",
]
