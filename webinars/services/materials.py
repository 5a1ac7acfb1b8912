"""Materials of a webinar: a page to read on, or a file to take along."""

from sqlalchemy import func, select

from accounts.models import User
from core import audit, storage
from core.database import db
from core.file_kinds import DOCUMENTS, MEGABYTE, check_file
from core.uploads import SentFile
from programme.queries import the_programme
from webinars.errors import LinkOrFile, TooManyMaterials
from webinars.events import WebinarEvent
from webinars.models import Webinar, WebinarMaterial
from webinars.services.shared import check_address, hold

MOST_MATERIALS = 20


def most_bytes() -> int:
    return the_programme().settings.attachment_max_mb * MEGABYTE


def add_material(
    webinar: Webinar, *, title: str, link: str | None = None, file: SentFile | None = None, actor: User
) -> WebinarMaterial:
    """One of the two. A file's content must be what its name says."""
    if (link is None) == (file is None):
        raise LinkOrFile
    check_address(link, "link")
    kind = check_file(file.data, file.name, kinds=DOCUMENTS, most_bytes=most_bytes()) if file else None
    hold(webinar)
    if len(webinar.materials) >= MOST_MATERIALS:
        raise TooManyMaterials
    material = WebinarMaterial(
        webinar_id=webinar.id, position=_last_position(webinar), title=title, link=link
    )
    if file is not None and kind is not None:
        kept = storage.keep(file.data, name=file.name, media_type=kind.media_type)
        material.file_id, material.file_name = kept.id, kept.name
    db.session.add(material)
    db.session.flush()
    db.session.expire(webinar, ["materials"])
    audit.record(
        WebinarEvent.MATERIAL_ADDED,
        material,
        story=webinar,
        actor=actor,
        note=title,
        has_file=file is not None,
    )
    return material


def remove_material(webinar: Webinar, material: WebinarMaterial, *, actor: User) -> None:
    audit.record(WebinarEvent.MATERIAL_REMOVED, material, story=webinar, actor=actor, note=material.title)
    file = material.file
    db.session.delete(material)
    db.session.flush()
    if file is not None:
        storage.remove(file)
    db.session.expire(webinar, ["materials"])


def _last_position(webinar: Webinar) -> int:
    found = select(func.max(WebinarMaterial.position)).where(WebinarMaterial.webinar_id == webinar.id)
    return (db.session.scalar(found) or 0) + 1
