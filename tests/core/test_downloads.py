"""Every file arrives under its own name."""

import pytest

from core.downloads import to_keep


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("umowa.pdf", "attachment; filename=umowa.pdf"),
        ("umowa z 1.02.pdf", 'attachment; filename="umowa z 1.02.pdf"'),
        (
            "Żółta Gęś.pdf",
            "attachment; filename=\"Zolta Ges.pdf\"; filename*=UTF-8''%C5%BB%C3%B3%C5%82ta%20G%C4%99%C5%9B.pdf",
        ),
        ("日本.pdf", "attachment; filename=file.pdf; filename*=UTF-8''%E6%97%A5%E6%9C%AC.pdf"),
        (
            'a";filename=b.html',
            "attachment; filename=\"a;filename=b.html\"; filename*=UTF-8''a%22%3Bfilename%3Db.html",
        ),
        ("日本", "attachment; filename=file; filename*=UTF-8''%E6%97%A5%E6%9C%AC"),
    ],
)
def test_a_name_survives_whatever_letters_it_has(app, name, header):
    response = to_keep(b"x", name=name, content_type="application/pdf")

    assert response.headers["Content-Disposition"] == header
    assert header.isascii(), "a server takes no other letters in a header"
    assert response.headers["Content-Type"] == "application/pdf"
