"""Files of ours and pages on their way to a browser: compressed, and kept where that is right."""

import gzip
import re

from config import ROOT

CSS = "/static/css/gromada.css"
GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_names_its_files_by_their_content_and_browsers_keep_them_for_a_year(client):
    page = client.get("/pl/").get_data(as_text=True)
    (address,) = re.findall(r'href="(/static/css/gromada\.css\?v=[0-9a-f]{16})"', page)

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_asked_for_by_its_name_alone_is_asked_for_again_each_time(client):
    first = client.get(CSS)
    again = client.get(CSS, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=0"
    assert (again.status_code, again.data) == (304, b"")


def test_a_font_has_one_address_so_that_it_is_fetched_once(client):
    page = client.get("/pl/").get_data(as_text=True)

    assert 'href="/static/vendor/inter/inter-latin.woff2"' in page
    assert client.get("/static/vendor/inter/inter-latin.woff2").cache_control.max_age == 7 * 24 * 3600


def test_a_style_sheet_travels_compressed_to_whoever_can_unpack_it(client):
    whole = (ROOT / CSS.lstrip("/")).read_bytes()

    small, plain = client.get(CSS, headers=GZIP), client.get(CSS)

    assert (gzip.decompress(small.data), plain.data) == (whole, whole)
    assert (small.headers["Content-Encoding"], small.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert "Content-Encoding" not in plain.headers
    assert small.headers["ETag"] != plain.headers["ETag"]


def test_a_page_travels_compressed_and_never_in_the_same_length(client):
    answers = [client.get("/pl/", headers=GZIP) for _ in range(40)]

    assert {one.headers["Content-Encoding"] for one in answers} == {"gzip"}
    assert "<!doctype html>" in gzip.decompress(answers[0].data).decode()
    assert len({len(one.data) for one in answers}) > 5
    assert client.get("/pl/").headers.get("Content-Encoding") is None


def test_what_is_small_or_packed_already_stays_as_it_is(client):
    small = client.get("/health/live", headers=GZIP)
    font = client.get("/static/vendor/inter/inter-latin.woff2", headers=GZIP)

    assert [one.headers.get("Content-Encoding") for one in (small, font)] == [None, None]


def test_a_file_that_is_not_there_is_not_found(client):
    assert client.get("/static/css/none.css").status_code == 404
    assert client.get("/static/css").status_code == 404
