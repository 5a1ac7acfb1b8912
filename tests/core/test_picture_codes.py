"""QR codes are found on photos and scans as people send them, and no file holds anybody up."""

import io
import zlib
from time import monotonic

import pytest
from PIL import Image, ImageDraw, ImageFilter

from core import picture_codes
from core.picture_codes import codes_of
from tests.support.documents import docx, jpeg, pdf, png
from tests.support.photos import as_jpeg, as_png, code, page_with, scanned

ADDRESS = "https://gromada.example/p/abcdefghijklmnopqrstuv"


@pytest.mark.parametrize("turned", [0, 3, -7, 90, 180, 270])
def test_a_code_is_read_from_a_photo_however_it_is_turned(turned):
    photo = page_with(ADDRESS).rotate(turned, expand=True, fillcolor=90)

    assert codes_of(as_jpeg(photo)) == [ADDRESS]


def test_a_dark_blurred_and_small_photo_is_enough():
    photo = page_with(ADDRESS).resize((1200, 1600)).filter(ImageFilter.GaussianBlur(1))

    assert codes_of(as_jpeg(photo.point(lambda dot: 30 + dot // 2), quality=40)) == [ADDRESS]


def test_a_code_too_small_for_a_glance_is_found_at_the_second_look():
    page = page_with(ADDRESS, size=110)

    assert codes_of(as_jpeg(page, quality=90)) == [ADDRESS]


def test_every_page_of_a_scan_is_looked_at_and_each_code_named_once():
    pages = [page_with(ADDRESS), page_with(ADDRESS + "x"), page_with(ADDRESS)]

    assert codes_of(scanned(*pages)) == [ADDRESS, f"{ADDRESS}x"]


def test_a_scan_in_black_and_white_is_read():
    assert codes_of(scanned(page_with(ADDRESS).convert("1"))) == [ADDRESS]
    assert codes_of(as_png(page_with(ADDRESS).convert("1"))) == [ADDRESS]


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", jpeg(), png(), pdf(), docx(), b"%PDF-1.7\n" + b"[" * 200_000 + b"\n%%EOF"],
    ids=["empty", "other", "hollow JPEG", "PNG without a code", "PDF without pictures", "DOCX", "deep"],
)
def test_a_file_without_a_code_says_nothing(data):
    assert codes_of(data) == []


def test_a_page_full_of_pattern_is_no_code():
    page = Image.new("L", (1500, 2000), 255)
    draw = ImageDraw.Draw(page)
    for place in range(0, 1500, 14):
        draw.line([(place, 0), (1500 - place, 2000)], fill=0, width=5)

    assert codes_of(as_jpeg(page)) == []


@pytest.mark.parametrize("side", [10_900, 30_000])
def test_a_picture_that_unpacks_without_end_takes_bounded_time(side):
    rows = zlib.compress(b"\0" * min(side * (side + 1), 400_000_000))

    began = monotonic()
    found = codes_of(png(side, side).replace(png(side, side)[33:-12], _chunk(b"IDAT", rows)))

    assert (found, monotonic() - began < 2 * picture_codes.SECONDS) == ([], True)


def test_a_picture_that_takes_too_long_is_given_up():
    assert codes_of(as_jpeg(page_with(ADDRESS)), seconds=0.001) == []


def test_what_a_code_says_is_cut_short_and_stays_on_its_line():
    out = io.BytesIO()
    code("a\nb" + "c" * 600).convert("RGB").save(out, "PNG")

    assert codes_of(out.getvalue()) == ["a b" + "c" * 297]


def _chunk(name: bytes, content: bytes) -> bytes:
    size, checksum = len(content).to_bytes(4), zlib.crc32(name + content).to_bytes(4)
    return size + name + content + checksum
