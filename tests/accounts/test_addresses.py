"""Addresses: one way of writing each, and no way out to other hosts."""

import pytest

from accounts.addresses import is_mail_address, network_of, own_path, sign_in_name

ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil.example/x", "/\\evil.example", "\\/evil.example", "\\\\evil.example",
    "/\\/evil.example", "//\\evil.example", "https:evil.example", "https://evil.example", "http://evil.example",
    "HTTPS://EVIL.EXAMPLE", "https:/evil.example", "https:///evil.example", "javascript:alert(1)",
    "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
    "ftp://evil.example", "file:///etc/passwd", "mailto:x@evil.example", "evil.example", "evil.example/path", "?next=x",
    "#x", "", " ", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "/\r\nLocation: https://evil.example",
    " //evil.example", "\t//evil.example", "/ /evil.example", "//localhost@evil.example", "//evil.example@localhost",
    "http://localhost@evil.example", "/\u2028/evil.example", "/\x00/evil.example", "/\u00a0/evil.example",
    "./evil.example", "../evil.example", "/" + "x" * 3000,
]  # fmt: skip
OWN = [
    "/",
    "/plans/1",
    "/plans/1?sort=-name&q=%C5%81%C3%B3d%C5%BA#rows",
    "/pl/gminy/Łódź",
    "/%2f%2fevil.example",
]


@pytest.mark.parametrize("wanted", [None, *ELSEWHERE])
def test_a_link_leads_nowhere_else(wanted):
    assert own_path(wanted) == "/"


@pytest.mark.parametrize("wanted", OWN)
def test_a_link_leads_to_our_own_pages(wanted):
    assert own_path(wanted) == wanted


# No address with a NUL gets as far as the sign-in: see tests/security.
@pytest.mark.parametrize("wanted", [one for one in ELSEWHERE if "\0" not in one])
def test_nobody_is_sent_elsewhere_after_signing_in(make, client, app, fast_hashing, wanted):
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        make.user(email="ewa@gromada.example", password="correct horse battery")
        form = {"email": "ewa@gromada.example", "password": "correct horse battery"}

        answer = client.post("/sign-in", query_string={"next": wanted}, data=form)
    finally:
        app.config["WTF_CSRF_ENABLED"] = True

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_there_are_forty_ways_tried():
    assert len(ELSEWHERE) >= 40


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (" Ewa.Nowak@Gmina.EXAMPLE ", "ewa.nowak@gmina.example"),
        ("z\u0307aneta@gmina.example", "\u017caneta@gmina.example"),
        ("biuro@\u0142\u00f3d\u017a.example", "biuro@xn--d-uga0v4h.example"),
        ("wei\u00df@gmina.example", "wei\u00df@gmina.example"),
        ("no address", "no address"),
        ("a@b..example", "a@b..example"),
        ("", ""),
    ],
)
def test_one_address_has_one_way_of_writing(written, name):
    assert sign_in_name(written) == name


@pytest.mark.parametrize("address", ["ewa@gmina.example", "o'neil+x@sub.gmina.example"])
def test_an_address_is_recognised(address):
    assert is_mail_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ewa",
        "ewa@",
        "@gmina.example",
        "a@b.example,c@d.example",
        "a@b.example\nBcc: x@y.example",
        "a b@c.example",
    ],
)
def test_what_is_not_one_address_is_recognised(address):
    assert not is_mail_address(address)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        (None, ""),
        ("unknown", "unknown"),
    ],
)
def test_neighbours_in_one_network_count_as_one_place(address, place):
    assert network_of(address) == place
