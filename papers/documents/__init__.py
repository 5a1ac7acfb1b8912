"""A paper as a PDF to sign and as a DOCX to change first: the same words in both."""

from papers.documents.paper_pdf import paper_pdf
from papers.models import Paper

__all__ = ["paper_docx", "paper_pdf"]


def paper_docx(paper: Paper) -> bytes:
    from papers.documents.word import word_file  # late: what writes such files takes long to load

    return word_file(paper)
