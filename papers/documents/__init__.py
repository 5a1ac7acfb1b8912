"""A paper as a PDF to sign and as a DOCX to change first: the same words in both."""

from papers.documents.paper_docx import paper_docx
from papers.documents.paper_pdf import paper_pdf

__all__ = ["paper_docx", "paper_pdf"]
