"""The whole programme as one file for the office: the folder that ``flask archive write`` makes, packed, without evidence."""

import zipfile
from pathlib import Path

from accounts.policy import Permission, can
from archive.writing import write_archive
from core import clock
from core.i18n import _, _l
from core.long_work import Lane, LongKind, LongWork, Progress, Result
from core.text import slug
from programme.queries import the_programme

WHOLE_PROGRAMME = "archive.whole"
ZIP = "application/zip"
PACKED_ALREADY = frozenset({".zip", ".xlsx", ".docx", ".pdf", ".png", ".jpg", ".jpeg"})


def make_archive(work: LongWork, progress: Progress) -> Result:
    folder = progress.folder() / "archive"
    with_partnerships = bool(work.parameters["with_partnerships"])
    write_archive(folder, with_partnerships=with_partnerships, with_evidence=False, tell=progress.tell)
    path = progress.folder() / "archive.zip"
    _pack(folder, path, progress)
    return Result(path, f"gromada-{slug(the_programme().name)}-{clock.today().isoformat()}.zip", ZIP)


def _pack(folder: Path, target: Path, progress: Progress) -> None:
    """Each file goes once it is in: never more than one file lies there twice."""
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            is_packed = path.suffix in PACKED_ALREADY or path.parent.parent.name == "files"
            kind = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.write(path, path.relative_to(folder).as_posix(), compress_type=kind)
            path.unlink()
            progress.tell(progress.done, note=_("The archive is being packed."))


KIND = LongKind(
    WHOLE_PROGRAMME,
    does=_l("The whole programme"),
    run=make_archive,
    may=lambda person: can(person, Permission.PROGRAMME_END),
    lane=Lane.SLOW,
    only_reads=True,
    can_be_stopped=True,
    words=lambda work: (
        _("The whole programme, with the file of each partnership")
        if work.parameters["with_partnerships"]
        else _("The whole programme")
    ),
)
