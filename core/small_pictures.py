"""Small copies of pictures, on a white ground: what is carried in documents and mails should not make them heavy."""

import io
from base64 import b64encode
from dataclasses import dataclass

from core.file_checks.errors import Fault, UnacceptableFile

MOST_DOTS = 16_000_000
"""As many as a picture of 4000 by 4000 has: unpacked it takes some 60 MB for a moment."""
COLOURS = 128
JPEG_QUALITY = 82


@dataclass(frozen=True)
class Size:
    """What a copy fits into, in dots."""

    width: int
    height: int


@dataclass(frozen=True)
class Picture:
    data: bytes
    media_type: str
    width: int
    height: int


def as_data(picture: Picture) -> str:
    """As an address that is the picture itself."""
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"


def small_copy(data: bytes, size: Size) -> Picture:
    """Never larger than the original; without what is see-through. Refuses what cannot be unpacked."""
    from PIL import Image  # late: few pages need it

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MOST_DOTS:
                raise UnacceptableFile(Fault.PICTURE_TOO_LARGE, limit=MOST_DOTS // 1_000_000)
            whole = opened.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnacceptableFile(Fault.PICTURE_TOO_LARGE, limit=MOST_DOTS // 1_000_000) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:  # what Pillow raises of a damaged file
        raise UnacceptableFile(Fault.DAMAGED, detail=type(error).__name__) from error
    whole.thumbnail((size.width, size.height))
    white = Image.new("RGB", whole.size, "white")
    white.paste(whole, mask=whole.getchannel("A"))
    png, jpeg = io.BytesIO(), io.BytesIO()
    white.quantize(COLOURS).save(png, "PNG", optimize=True)
    white.save(jpeg, "JPEG", quality=JPEG_QUALITY, optimize=True)
    kinds = ((png.getvalue(), "image/png"), (jpeg.getvalue(), "image/jpeg"))
    smallest, media_type = min(kinds, key=lambda kind: len(kind[0]))
    return Picture(smallest, media_type, *white.size)
