"""Photos and scans of papers with a QR code, drawn by the tests."""

import io

import segno
from PIL import Image

PAGE = (1800, 2400)
PAPER, TABLE = 235, 90


def code(text: str) -> Image.Image:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", border=2, scale=8)
    return Image.open(out).convert("L")


def page_with(text: str, *, size: int = 200) -> Image.Image:
    """A sheet that lies on a table, with the code at its lower right."""
    photo = Image.new("L", (PAGE[0] + 200, PAGE[1] + 200), TABLE)
    photo.paste(PAPER, (100, 100, 100 + PAGE[0], 100 + PAGE[1]))
    photo.paste(code(text).resize((size, size), Image.Resampling.LANCZOS), (1500, 2100))
    return photo


def as_jpeg(picture: Image.Image, *, quality: int = 70) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def scanned(*pages: Image.Image) -> bytes:
    """A PDF of pictures, as a scanner makes it."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()
