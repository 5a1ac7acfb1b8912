"""Whole files of many partnerships in one archive, a folder for each: put together by the process that runs jobs."""

import zipfile

from accounts.models import User
from accounts.policy import Permission, can
from core import audit, clock
from core.database import db
from core.i18n import _, _l, ngettext
from core.long_work import Lane, LongKind, LongWork, Progress, Result
from core.text import slug
from dossier.archive import put_in
from dossier.collecting import file_of
from dossier.events import DossierEvent
from partnerships.models import Partnership
from partnerships.queries import partnership_by_id

WHOLE_FILES = "dossier.whole_files"
ZIP = "application/zip"


def make_archive(work: LongWork, progress: Progress) -> Result:
    """As this reader may read each at the moment it is put in; one that was taken from them meanwhile is left out."""
    ids = [int(one) for one in work.parameters["partnerships"]]
    reader = db.session.get_one(User, work.asked_by_id)
    path = progress.folder() / "files.zip"
    with zipfile.ZipFile(path, "w", allowZip64=True) as archive:
        for number, partnership_id in enumerate(ids, start=1):
            partnership = partnership_by_id(partnership_id)
            if partnership is not None and can(reader, Permission.PARTNERSHIP_READ, partnership):
                put_in(archive, file_of(partnership, reader), folder=_folder(partnership))
            progress.tell(number, len(ids), note=partnership.municipality.name if partnership else None)
    what = slug(_("whole files"))
    return Result(path, f"gromada-{what}-{clock.today().isoformat()}.zip", ZIP)


def _folder(partnership: Partnership) -> str:
    """The id keeps two partnerships of one municipality apart, one after another."""
    place = partnership.municipality
    return f"{place.code}-{slug(place.name)}-{partnership.id}"


def _remember(work: LongWork) -> None:
    """Each partnership's story tells who took its file, as for a single one."""
    reader = db.session.get_one(User, work.asked_by_id)
    for partnership_id in work.parameters["partnerships"]:
        partnership = db.session.get(Partnership, int(partnership_id))
        if partnership is not None:
            audit.record(DossierEvent.TAKEN, partnership, actor=reader)


KIND = LongKind(
    WHOLE_FILES,
    does=_l("Whole files of partnerships"),
    run=make_archive,
    may=lambda person: can(person, Permission.BOARD_READ),
    lane=Lane.SLOW,
    only_reads=True,
    can_be_stopped=True,
    words=lambda work: ngettext(
        "Whole file of one partnership",
        "Whole files of %(num)d partnerships",
        len(work.parameters["partnerships"]),
    ),
    ended=_remember,
)
