"""What an animator lets everybody know, and the page on which everybody reads it."""

import struct
import zlib
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from animators.errors import NoPublicAddress, PhotoUnreadable
from animators.people.models import AnimatorProfile
from animators.people.photos import portrait_of
from animators.people.queries.profiles import profile_of, public_cards
from animators.people.services.profiles import SentPhoto, save_profile
from core.audit import story_of
from core.database import db
from core.file_kinds import UnacceptableFile
from core.storage import StoredFile
from partnerships.models import AssignmentKind
from tests.support.forms import Upload

TODAY = date(2026, 4, 15)
IN_MAY = date(2026, 5, 10)
TURNED = 0x0112
"""The tag in which a camera says how it was held."""


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def photo(kind="JPEG", *, turned=None):
    """Wider than high, red at the top."""
    picture, out = Image.new("RGB", (900, 600), (0, 0, 255)), BytesIO()
    picture.paste((255, 0, 0), (0, 0, 900, 150))
    exif = picture.getexif()
    exif[0x010E] = "taken at home"
    if turned:
        exif[TURNED] = turned
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def looks(data: bytes, x: int, y: int) -> str:
    """The colour of a dot; JPEG keeps it nearly."""
    dot = Image.open(BytesIO(data)).convert("RGB").getpixel((x, y))
    assert isinstance(dot, tuple)
    return ("red", "green", "blue")[dot.index(max(dot))]


def profile(person, **changes):
    given = {"bio": "", "public_email": "write@gromada.example", "regions": [], "visible": True}
    return save_profile(person, **{**given, **changes}, actor=person)


# --- Photos ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "me.jpg"), ("PNG", "me.png")])
def test_a_photo_becomes_a_small_square_without_what_the_camera_wrote(kind, name):
    made = portrait_of(photo(kind), name)

    picture = Image.open(BytesIO(made))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("PNG", (320, 320), {})
    assert b"taken at home" not in made
    assert looks(made, 160, 300) == "blue"


def test_a_photo_taken_with_the_telephone_held_upright_stands_upright():
    made = portrait_of(photo(turned=6), "me.jpg")

    assert (looks(made, 315, 160), looks(made, 160, 10)) == ("red", "blue")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "me.png"),
        (b"%PDF-1.7", "me.jpg"),
        (b"GIF89a", "me.gif"),
    ],
)
def test_what_is_no_photo_is_refused(data, name):
    with pytest.raises(UnacceptableFile):
        portrait_of(data, name)


def test_a_photo_whose_dots_cannot_be_read_is_refused_with_a_sentence():
    good = photo("PNG")
    place = good.index(b"IDAT")
    broken = b"IDAT" + b"\0" * 20
    damaged = good[: place - 4] + struct.pack(">I", 20) + broken + struct.pack(">I", zlib.crc32(broken))
    damaged += b"\0\0\0\0IEND" + struct.pack(">I", zlib.crc32(b"IEND"))

    with pytest.raises(PhotoUnreadable, match="This picture could not be read"):
        portrait_of(damaged, "me.png")


# --- Saving ----------------------------------------------------------------------------------------------


def test_what_was_saved_is_remembered_without_texts_and_addresses(make):
    animator, office = make.animator("Ola Maj"), make.office()

    profile(animator, bio="I help libraries", regions=["16", "02"], visible=False)
    save_profile(
        animator, bio="I help libraries", public_email="write@gromada.example", regions=["16"], visible=True,
        actor=office,
    )  # fmt: skip

    latest, first = [event for event, _personal in story_of(animator)]
    assert (first.event, first.on_behalf_of_id) == ("animator.profile_changed", None)
    assert (latest.actor_id, latest.on_behalf_of_id) == (office.id, animator.id)
    assert (latest.data["before"], latest.data["after"]) == (
        {"visible": False, "regions": ["02", "16"], "has_bio": True, "has_email": True, "has_photo": False},
        {"visible": True, "regions": ["16"], "has_bio": True, "has_email": True, "has_photo": False},
    )


def test_a_profile_that_everybody_sees_needs_an_address(make):
    with pytest.raises(NoPublicAddress, match="needs an e-mail address"):
        profile(make.animator(), public_email="")

    assert profile(make.animator(), public_email="", visible=False).public_email is None


def test_a_new_photo_comes_in_place_of_the_old_one_and_none_is_left_when_it_is_taken_away(make):
    animator = make.animator()

    def files():
        return db.session.scalar(select(func.count()).select_from(StoredFile))

    profile(animator, photo=SentPhoto("me.jpg", photo()))
    profile(animator, photo=SentPhoto("me.png", photo("PNG")))
    with_photo = files()
    profile(animator, without_photo=True)
    db.session.flush()

    assert (with_photo, files(), profile_of(animator).photo) == (1, 0, None)


# --- Pages -----------------------------------------------------------------------------------------------


def test_an_animator_writes_their_own_profile(make, visit):
    animator = make.animator("Ola Maj")
    make.partnership(municipality=make.municipality("Skała"), animator=animator)
    page = visit(as_=animator).open("/home").follow("Your public profile")

    missing = page.submit("Save", visible=True, expect=422)
    wrong = page.submit("Save", photo=Upload(b"%PDF-1.7 a letter", "me.jpg", "image/jpeg"), expect=422)
    saved = page.submit(
        "Save",
        public_email="ola@gromada.example",
        bio="I help libraries",
        visible=True,
        photo=Upload(photo(), "me.jpg", "image/jpeg"),
    )

    assert "A profile that everybody sees needs an e-mail address at which people can write." in missing.text
    assert "it is called JPEG, but its content is something else" in wrong.text
    assert "The profile is saved." in saved.text
    assert "data:image/png;base64," in saved.html
    public = visit().open("/en/animators")
    assert "Ola Maj" in public.headings
    assert public.links["ola@gromada.example"] == "mailto:ola@gromada.example"
    assert "I help libraries" in public.text
    assert "Skała" in public.links
    [picture] = public.tree.xpath("//img[@class='portrait']/@src")
    answer = visit().open(picture)
    assert (answer.response.mimetype, answer.response.headers["X-Content-Type-Options"]) == (
        "image/png",
        "nosniff",
    )


def test_the_office_writes_a_profile_for_somebody_and_nobody_else_may(make, visit):
    animator, other = make.animator("Ola Maj"), make.animator()

    page = visit(as_=make.office()).open(f"/animators/{animator.id}/profile")
    page.submit("Save", public_email="ola@gromada.example")

    assert profile_of(animator).public_email == "ola@gromada.example"
    visit(as_=other).open(f"/animators/{animator.id}/profile", expect=403)
    visit(as_=make.user()).open("/animators/profile", expect=403)


def test_only_visible_animators_with_a_municipality_of_today_are_shown(make, visit):
    shown, hidden, without, gone, suspended = (
        make.animator(name)
        for name in ("Shown Lis", "Hidden Lis", "Without Lis", "Gone Lis", "Suspended Lis")
    )
    for one in (shown, hidden, suspended):
        make.assignment(make.municipality(), one)
    make.assignment(make.municipality(), gone, ends_on=date(2026, 4, 14))
    for one in (shown, hidden, without, gone, suspended):
        profile(one, visible=one is not hidden)
    suspended.is_active = False
    db.session.commit()

    page = visit().open("/en/animators")

    assert [one for one in page.headings if "Lis" in one] == ["Shown Lis"]


def test_a_photo_of_a_profile_that_is_not_public_is_not_there(make, visit):
    animator = make.animator()
    make.assignment(make.municipality(), animator)
    saved = profile(animator, photo=SentPhoto("me.jpg", photo()), visible=False)
    db.session.commit()
    address = f"/animators/photos/{saved.id}/anything.png"

    visit().open(address, expect=404)
    saved.visible = True
    db.session.commit()
    visit().open(address)
    visit().open("/animators/photos/987654/anything.png", expect=404)


def test_the_page_says_who_covers_and_until_when_and_finds_by_place_name_and_voivodeship(make, visit):
    main, cover = make.animator("Ola Maj"), make.animator("Jan Wrona")
    silesia = make.voivodeship("śląskie", code="24")
    here = make.municipality("Żółta Gęś")
    there = make.municipality("Skała", county=make.county("rybnicki", voivodeship=silesia))
    make.assignment(here, main)
    make.assignment(there, cover)
    make.assignment(here, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=IN_MAY)
    for one in (main, cover):
        profile(one)
    db.session.commit()

    def names(**query):
        page = visit().open("/en/animators", **query)
        return [one for one in page.headings if one in ("Ola Maj", "Jan Wrona")]

    assert "covered by somebody else until 10 May 2026" in visit().open("/en/animators").text
    assert "Covers at the moment" in visit().open("/en/animators").text
    assert names() == ["Ola Maj", "Jan Wrona"]
    assert names(q="zolta") == ["Ola Maj", "Jan Wrona"]
    assert names(q="skala") == names(q="wrona jan") == names(voivodeship="24") == ["Jan Wrona"]
    assert (names(q="nobody"), names(voivodeship="99")) == ([], ["Ola Maj", "Jan Wrona"])
    assert "Nobody found" in visit().open("/en/animators", q=main.email).text


def test_before_anybody_is_shown_the_page_says_so(visit):
    assert "Nobody to show yet" in visit().open("/en/animators").text


def test_the_list_asks_no_more_for_many_than_for_one(make, count_queries):
    def animator():
        person = make.animator()
        for _ in range(2):
            make.assignment(make.municipality(), person)
        profile(person, bio="I help")
        db.session.commit()

    def asked():
        db.session.expire_all()
        with count_queries() as queries:
            cards = public_cards()
            assert all(one.municipality.label for card in cards for one in card.supported)
            assert all(card.profile.user.name for card in cards)
        return queries.count

    animator()
    of_one = asked()
    for _ in range(3):
        animator()

    assert asked() == of_one == 3
    assert db.session.scalar(select(func.count()).select_from(AnimatorProfile)) == 4
