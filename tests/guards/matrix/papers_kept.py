"""Files of the towns: one of the partnership, one with personal data, one for everybody."""

from accounts.models import User
from partnerships.files.models import FileClass
from partnerships.files.services import attach
from partnerships.models import Partnership
from tests.guards.matrix.markers import hostile, marked
from tests.guards.matrix.world import Record, World
from tests.support.documents import pdf

SECRETS = {FileClass.PARTNERSHIP: "paper", FileClass.EVIDENCE: "list", FileClass.PUBLIC: "name"}
"""What stands in the file. Its title is known to whoever sees the list."""


def some_files(world: World, name: str, partnership: Partnership, *, actor: User) -> None:
    for file_class, part in SECRETS.items():
        title = "name" if file_class is FileClass.PUBLIC else "paper"
        kept = attach(
            partnership,
            data=pdf(words=marked(f"{name}{part}")),
            name=f"{hostile(f'{name}{title}')}.pdf",
            file_class=file_class,
            title=f"File {hostile(f'{name}{title}')}",
            actor=actor,
        )
        record = Record(f"{name} {file_class}", name[0], {"attachment_id": kept.id}, str(file_class))
        world.records.setdefault("file", []).append(record)
