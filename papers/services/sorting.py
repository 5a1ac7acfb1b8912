"""Many signed scans at once: each falls into its place, and those that do not say which wait to be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accounts.models import User
from core.database import db
from core.errors import DomainError
from core.file_kinds import check_file
from papers.errors import RefusedFile, TakenAlready
from papers.models import Paper
from papers.recognising import Carried, told_by
from papers.services.scans import choose_paper, keep_scan, keep_waiting
from partnerships.files.models import Attachment
from partnerships.files.services import most_bytes
from partnerships.models import Partnership


@dataclass(frozen=True)
class SentScan:
    name: str
    data: bytes
    carried: Carried


@dataclass
class Sorted:
    """What became of the files."""

    placed: list[Paper] = field(default_factory=list)
    waiting: list[Attachment] = field(default_factory=list)
    said: list[DomainError] = field(default_factory=list)
    """What keeps a file from being taken, or from its place."""

    @property
    def is_empty(self) -> bool:
        return not (self.placed or self.waiting)


def sort_scans(
    partnership: Partnership, papers: Sequence[Paper], scans: Sequence[SentScan], *, actor: User
) -> Sorted:
    """``papers``: those this person may send a scan of. What is wrong with one file keeps no other back."""
    done = Sorted()
    for scan in scans:
        try:
            with db.session.begin_nested():
                _sort(partnership, told_by(papers, scan.carried), scan, done, actor=actor)
        except DomainError as refusal:
            done.said.append(refusal if len(scans) == 1 else RefusedFile(scan.name, refusal))
    return done


def _sort(
    partnership: Partnership, paper: Paper | None, scan: SentScan, done: Sorted, *, actor: User
) -> None:
    check_file(scan.data, scan.name, most_bytes=most_bytes())
    if paper is not None and paper not in done.placed:
        keep_scan(paper, name=scan.name, data=scan.data, actor=actor)
        done.placed.append(paper)
        return
    done.waiting.append(keep_waiting(partnership, name=scan.name, data=scan.data, actor=actor))
    if paper is not None:
        done.said.append(TakenAlready(paper.number))


def choose_papers(chosen: Mapping[Attachment, Paper], *, actor: User) -> Sorted:
    """Scan that waited -> its paper."""
    done = Sorted()
    for waiting, paper in chosen.items():
        try:
            with db.session.begin_nested():
                choose_paper(waiting, paper, actor=actor)
                done.placed.append(paper)
        except DomainError as refusal:
            done.said.append(RefusedFile(waiting.file_name, refusal))
    return done
