"""Captions as programs for films write them (WebVTT, SubRip), read so that people can read them as a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webinars.recordings.errors import CaptionsTooLarge, NotCaptions

MOST_BYTES = 2 * 1024 * 1024
A_PARAGRAPH = 60
"""Seconds: about what one reads at once, with the time at which it was said before it."""

ENDINGS = {"vtt": "text/vtt", "srt": "application/x-subrip"}

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}"
_CUE = re.compile(rf"^{_TIME}\s+-->\s+(?:\d{{1,3}}:)?\d{{1,2}}:\d{{2}}[.,]\d{{1,3}}(?:\s.*)?$")
_TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,50}\}")
_SIGNS = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&lrm;": "", "&rlm;": ""}


@dataclass(frozen=True)
class Passage:
    """What was said from one moment on."""

    at: str
    text: str


def media_type_of(name: str) -> str:
    ending = name.rpartition(".")[2].casefold()
    if ending not in ENDINGS:
        raise NotCaptions
    return ENDINGS[ending]


def passages(data: bytes) -> Sequence[Passage]:
    """In paragraphs of about a minute; a line that is said again, as live captions roll, stands once."""
    if len(data) > MOST_BYTES:
        raise CaptionsTooLarge
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotCaptions from None
    found = list(_paragraphs(text.replace("\r\n", "\n").replace("\r", "\n")))
    if not found:
        raise NotCaptions
    return found


def _paragraphs(text: str) -> Iterator[Passage]:
    begins, lines = 0, list[str]()
    for second, said in _lines(text):
        if lines and second - begins >= A_PARAGRAPH:
            yield Passage(_clock(begins), " ".join(lines))
            lines = []
        if not lines:
            begins = second
        lines.append(said)
    if lines:
        yield Passage(_clock(begins), " ".join(lines))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each with the second at which it is shown."""
    last = ""
    for block in re.split(r"\n{2,}", text):
        lines = block.split("\n")
        for number, line in enumerate(lines[:2]):  # a cue may have a name or a number above its time
            if time := _CUE.match(line.strip()):
                hours, minutes, seconds = (int(part or 0) for part in time.groups())
                for said in filter(None, map(_plain, lines[number + 1 :])):
                    if said != last:
                        yield hours * 3600 + minutes * 60 + seconds, said
                    last = said
                break


def _plain(line: str) -> str:
    plain = _TAG.sub("", line)
    for sign, meant in _SIGNS.items():
        plain = plain.replace(sign, meant)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in plain).split())


def _clock(second: int) -> str:
    minutes, seconds = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
