"""Two people who send a scan at the same moment: both files are kept, one in its place and one as the former."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import User
from core.database import db
from papers.kinds import PaperKind
from papers.models import Paper
from papers.services import keep_scan
from partnerships.files.models import Attachment
from tests.papers.at_once import all_at_once
from tests.support.documents import pdf


@pytest.mark.parametrize(
    "kind", [PaperKind.AGREEMENT, PaperKind.DECLARATION, PaperKind.MINUTES, PaperKind.ATTENDANCE]
)
def test_of_two_scans_sent_at_once_one_stands_in_its_place_and_none_is_lost(app: Flask, paper, leader, kind):
    paper_id, leader_id = paper(kind).id, leader.id

    def send(number: int) -> None:
        keep_scan(
            db.session.get_one(Paper, paper_id),
            name=f"skan{number}.pdf",
            data=pdf(words=f"Skan {number}"),
            actor=db.session.get_one(User, leader_id),
        )

    all_at_once(app, [partial(send, 1), partial(send, 2)])

    db.session.expire_all()
    kept = db.session.scalars(select(Attachment).order_by(Attachment.id)).all()
    assert sorted(one.file_name for one in kept) == ["skan1.pdf", "skan2.pdf"]
    assert [one.replaced_by_id for one in kept] == [None, kept[0].id]
    assert db.session.get_one(Paper, paper_id).scan_id == kept[0].id
