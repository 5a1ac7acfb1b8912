"""What one can have news of: read from a file of the programme's profile. The office's own news feeds every topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from config import ROOT
from core.i18n import language
from programme.data_files import ProfileFault, Table, read_toml
from programme.labels import Labels
from programme.queries import the_programme

FILE = "topics.toml"


@dataclass(frozen=True)
class Topic:
    code: str
    labels: Labels
    texts: Labels
    has_regions: bool

    @property
    def label(self) -> str:
        return self.labels.in_language(language())

    @property
    def text(self) -> str:
        return self.texts.in_language(language())


def topics() -> Sequence[Topic]:
    return topics_of(the_programme().row.profile)


def topic_label(code: str) -> str:
    """The code itself where the profile does not know it any more."""
    return next((one.label for one in topics() if one.code == code), code)


@cache
def topics_of(profile: str) -> Sequence[Topic]:
    path = ROOT / "profiles" / profile / FILE
    return parse_topics(path.read_text(encoding="utf-8")) if path.is_file() else ()


def parse_topics(text: str, *, name: str = FILE) -> Sequence[Topic]:
    table = Table(read_toml(text, name), name, {"topics"})
    found = [_topic(one, f"{name}, topic {number}") for number, one in enumerate(table.tables("topics"), 1)]
    if len({one.code for one in found}) != len(found):
        raise ProfileFault(f"{name}: each topic has a code of its own")
    return found


def _topic(data: object, where: str) -> Topic:
    table = Table(data, where, {"code", "label", "text", "regions"})
    return Topic(table.text("code"), table.labels("label"), table.labels("text"), table.flag("regions"))
