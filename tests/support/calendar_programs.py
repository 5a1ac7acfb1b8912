"""A calendar program as RFC 5545 and 5546 describe one, written for the tests from the standard alone.

It reads files line by line and keeps what it is sent: an invitation enters, a later one of the same uid with a higher
sequence moves, a cancellation takes out. ``icalendar``, which writes our files, has no part in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONGEST_LINE = 75
_PROPERTY = re.compile(
    r'(?P<name>[A-Z-]+)(?P<params>(?:;[A-Z-]+=(?:"[^"]*"|[^;:"]*))*):(?P<value>.*)', re.DOTALL
)
_PARAM = re.compile(r';([A-Z-]+)=(?:"([^"]*)"|([^;:"]*))')
_ESCAPES = {"n": "\n", "N": "\n", ",": ",", ";": ";", "\\": "\\"}


@dataclass(frozen=True)
class Property:
    name: str
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], self.value)

    @property
    def moment(self) -> datetime:
        """UTC times and local ones with their zone; a floating time has no place in an invitation."""
        if self.value.endswith("Z"):
            return datetime.strptime(self.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        wall = datetime.strptime(self.value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone stands beside it
        return wall.replace(tzinfo=ZoneInfo(self.params["TZID"])).astimezone(UTC)


@dataclass
class Component:
    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def one(self, name: str) -> Property:
        (found,) = [each for each in self.properties if each.name == name]
        return found


def read(file: str) -> Component:
    """The whole file as nested components; anything the standard does not allow fails."""
    assert file.endswith("\r\n"), "every line ends with CRLF"
    outer = Component("")
    inside = [outer]
    for line in _unfolded(file):
        found = _PROPERTY.fullmatch(line)
        assert found, f"no property: {line!r}"
        name, value = found["name"], found["value"]
        params = {key: quoted or plain for key, quoted, plain in _PARAM.findall(found["params"])}
        if name == "BEGIN":
            inside.append(Component(value))
            inside[-2].parts.append(inside[-1])
        elif name == "END":
            assert inside.pop().name == value
        else:
            inside[-1].properties.append(Property(name, params, value))
    (calendar,) = outer.parts
    assert inside == [outer], "something was not ended"
    return calendar


def _unfolded(file: str) -> Iterator[str]:
    lines = file.removesuffix("\r\n").split("\r\n")
    for line in lines:
        assert len(line.encode()) <= LONGEST_LINE, f"a line too long: {line!r}"
        assert "\n" not in line
        assert "\r" not in line
    yield from "\r\n".join(lines).replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")


@dataclass
class Kept:
    """An event as its owner sees it."""

    sequence: int
    begins: datetime
    ends: datetime
    title: str
    place: str
    is_cancelled: bool = False


class CalendarProgram:
    """``calendar.take(file)`` for each mail, and then ``calendar.events``."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.events: dict[str, Kept] = {}
        self._organisers: dict[str, str] = {}

    def take(self, file: str) -> None:
        calendar = read(file)
        method = calendar.one("METHOD").value
        (event,) = [part for part in calendar.parts if part.name == "VEVENT"]
        assert event.one("ATTENDEE").value.casefold() == f"mailto:{self.owner}".casefold()
        uid, organiser = event.one("UID").value, event.one("ORGANIZER").value
        assert self._organisers.setdefault(uid, organiser) == organiser, "only who invited may change"
        sequence, known = int(event.one("SEQUENCE").value), self.events.get(uid)
        if known is not None and sequence <= known.sequence:
            return
        assert method in {"REQUEST", "CANCEL"}
        assert (event.one("STATUS").value == "CANCELLED") == (method == "CANCEL")
        self.events[uid] = Kept(
            sequence,
            event.one("DTSTART").moment,
            event.one("DTEND").moment,
            event.one("SUMMARY").text,
            event.one("LOCATION").text,
            is_cancelled=method == "CANCEL",
        )
