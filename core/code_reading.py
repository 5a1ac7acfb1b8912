"""A small program that finds the QR codes on one picture, or on the pictures of one PDF, and ends.

It is started by ``core.picture_codes`` for each file, knows nothing of the application and opens nothing: what comes in
is a stranger's file, which may be made to take for ever or to fill the memory.
"""

import io
import resource
import sys
import warnings
from collections.abc import Iterator
from itertools import islice
from typing import Any

import zxingcpp
from PIL import Image

SECONDS, MEMORY = 5, 3 * 512 * 1024**2
MOST_DOTS = 120_000_000
"""As many as a picture may have that is taken at all (``core/file_checks/pictures.py``)."""
SIDES = (2_200, 5_000)
"""A glance at a small copy finds most codes; where it finds none, a larger copy is looked at."""
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
PAGES, PICTURES, CODES, LETTERS = 5, 10, 20, 300
MOST_OUTPUT = CODES * (LETTERS * 4 + 1)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
    Image.MAX_IMAGE_PIXELS = MOST_DOTS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    data = sys.stdin.buffer.read()
    found = dict.fromkeys(text for picture in pictures_of(data) for text in codes_on(picture))
    lines = (" ".join(text.split())[:LETTERS] for text in islice(found, CODES))
    sys.stdout.buffer.write("\n".join(lines).encode("utf-8", "replace"))


def pictures_of(data: bytes) -> Iterator[Image.Image]:
    if data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"%PDF-"):
        yield from islice(pictures_in_pdf(data), PICTURES)
    else:
        yield Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))


def pictures_in_pdf(data: bytes) -> Iterator[Image.Image]:
    """As a scanner puts them there: one of each page. A picture that cannot be unpacked is left out."""
    from pypdf import PdfReader  # late: a photo needs none of it

    for page in islice(PdfReader(io.BytesIO(data)).pages, PAGES):
        parts = page.get("/Resources", {}).get_object().get("/XObject", {}).get_object()
        for part in (one.get_object() for one in parts.values()):
            if (
                part.get("/Subtype") == "/Image"
                and part.get("/Width", 0) * part.get("/Height", 0) <= MOST_DOTS
            ):
                picture = picture_in(part)
                if picture is not None:
                    yield picture


def picture_in(part: Any) -> Image.Image | None:
    try:
        if part.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            return Image.open(io.BytesIO(part.get_data()), formats=("JPEG",))
        unpacked: Image.Image = part.decode_as_image()
    except Exception:  # noqa: BLE001 - whatever is wrong with one picture, the next may carry the code
        return None
    return unpacked


def codes_on(picture: Image.Image) -> list[str]:
    """JPEG is unpacked no larger than it is looked at."""
    picture.draft("L", (SIDES[-1], SIDES[-1]))
    grey = picture.convert("L")
    for side in SIDES:
        copy = grey.copy()
        copy.thumbnail((side, side))
        found = [one.text for one in zxingcpp.read_barcodes(copy, formats=QR)]
        if found or max(grey.size) <= side:
            return found
    return []


if __name__ == "__main__":
    main()
