"""Captions, read as a text for people."""

import pytest

from webinars.recordings.captions import MOST_BYTES, Passage, media_type_of, passages
from webinars.recordings.errors import CaptionsTooLarge, NotCaptions

VTT = """\ufeffWEBVTT - Bezpieczne hasła

NOTE nobody reads this

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v Ewa>Dzień <b>dobry</b> Państwu,

00:00:04.000 --> 00:00:07.500
witam na webinarium
- zaczynamy &amp; słuchamy

01:02:03.000 --> 01:02:05.000
Do <00:01.500>widzenia
"""
SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}Raz\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nRaz\r\nDwa\r\n"


def test_webvtt_becomes_paragraphs_with_the_time_before_each():
    assert passages(VTT.encode()) == [
        Passage("0:01", "Dzień dobry Państwu, witam na webinarium - zaczynamy & słuchamy"),
        Passage("1:02:03", "Do widzenia"),
    ]


def test_subrip_is_read_too_and_a_line_that_is_said_again_stands_once():
    assert passages(SRT.encode()) == [Passage("0:01", "Raz Dwa")]


def test_a_paragraph_is_about_a_minute():
    lines = [
        f"{second // 60:02}:{second % 60:02}.000 --> 59:59.000\nZdanie {second}."
        for second in (0, 30, 59, 60)
    ]

    found = passages(("WEBVTT\n\n" + "\n\n".join(lines)).encode())

    assert found == [Passage("0:00", "Zdanie 0. Zdanie 30. Zdanie 59."), Passage("1:00", "Zdanie 60.")]


@pytest.mark.parametrize(
    "data",
    [b"", b"WEBVTT\n\n", b"%PDF-1.7", "WEBVTT\n\n00:01.000 --> 00:02.000\nŁ".encode("cp1250"), b"\0" * 50],
)
def test_anything_else_is_no_captions(data):
    with pytest.raises(NotCaptions):
        passages(data)


def test_what_is_too_large_is_not_read():
    with pytest.raises(CaptionsTooLarge):
        passages(b"x" * (MOST_BYTES + 1))


def test_a_hostile_file_is_read_in_no_time():
    started = (
        "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n" + "<" * 500_000 + "\n\n" + "1 " * 400_000 + "\n" * 50_000
    )

    assert len(passages(started.encode())) == 1


@pytest.mark.parametrize(("name", "kind"), [("A.VTT", "text/vtt"), ("a.b.srt", "application/x-subrip")])
def test_the_kind_is_told_by_the_ending(name, kind):
    assert media_type_of(name) == kind
