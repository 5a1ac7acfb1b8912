"""What an archive holds: every file with its size and SHA-256, so that whoever keeps it can tell that nothing changed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.errors import Damaged, NoArchive

NAME = "manifest.json"
FORMAT = 1


@dataclass
class Manifest:
    programme: str
    made_at: str
    schema: str
    """Revision of the database's tables."""
    rows: dict[str, int] = field(default_factory=dict)
    """By table."""
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By path inside the archive."""

    def add(self, folder: Path, path: Path) -> None:
        self.files[path.relative_to(folder).as_posix()] = {
            "size": path.stat().st_size,
            "sha256": checksum(path),
        }

    def write(self, folder: Path) -> None:
        said = {
            "format": FORMAT,
            "programme": self.programme,
            "made_at": self.made_at,
            "schema": self.schema,
            "rows": self.rows,
            "files": dict(sorted(self.files.items())),
        }
        (folder / NAME).write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(folder: Path) -> Manifest:
    try:
        said: Mapping[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            raise NoArchive
        return Manifest(
            said["programme"], said["made_at"], said["schema"], dict(said["rows"]), dict(said["files"])
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoArchive from error


def check(folder: Path, manifest: Manifest) -> None:
    """Raises Damaged at the first file that is not what the manifest says; a path that leads outside is none of ours."""
    inside = folder.resolve()
    for name, said in manifest.files.items():
        path = (folder / name).resolve()
        if not path.is_relative_to(inside) or not path.is_file():
            raise Damaged(name)
        if path.stat().st_size != said["size"] or checksum(path) != said["sha256"]:
            raise Damaged(name)
