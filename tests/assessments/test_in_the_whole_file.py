"""Finished self-assessments go along with the partnership's whole file."""

import io
import zipfile

from assessments.services import begin
from core.database import db
from tests.assessments.answering import assessed, leader_of
from tests.support.documents import text_of_pdf


def test_the_finished_one_is_in_the_whole_file_and_the_begun_one_is_not(partnership, visit):
    assessed(partnership, safety="1")
    begin(partnership, actor=leader_of(partnership))
    db.session.commit()

    page = visit(as_=leader_of(partnership)).open(f"/partnerships/{partnership.id}/file.zip")

    with zipfile.ZipFile(io.BytesIO(page.data)) as archive:
        [name] = [one for one in archive.namelist() if "self-assessment" in one]
        words = text_of_pdf(archive.read(name))
    assert name == "02-files/2026-04-15-self-assessment.pdf"
    assert "Areas, the lowest first" in words
