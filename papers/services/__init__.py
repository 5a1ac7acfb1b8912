"""What is done with papers and their texts."""

from papers.services.making import make_paper
from papers.services.scans import keep_scan, recognise
from papers.services.texts import change_text, restore_text

__all__ = ["change_text", "keep_scan", "make_paper", "recognise", "restore_text"]
