"""What is known of organisations, who heads each municipality, and the agreements and lists that were sent."""

from collections.abc import Sequence
from datetime import date

from core import clock
from core.database import db
from demo.cast import HOME
from demo.chance import Chance
from demo.organisations import enter_organisation, kinds
from demo.paper import small_pdf
from demo.people import invented_name
from demo.seats import Seat
from municipalities.models import Mayor, Municipality, MunicipalityKind
from partnerships.files.models import FileClass
from partnerships.files.services import add_signature, attach
from partnerships.models import Organisation
from partnerships.organisations.registries import regon_check_digit
from partnerships.organisations.services import keep_agreement

SECTORS = {
    "association": "social", "foundation": "social", "rural_women_circle": "social", "fire_brigade": "social",
    "sports_club": "social", "senior_club": "informal", "company": "private", "parish": "church",
}  # fmt: skip
"""The others are public."""
SIGNATORIES = {
    "school": "dyrektor szkoły", "library": "dyrektor biblioteki", "culture_centre": "dyrektor ośrodka kultury",
    "fire_brigade": "prezes zarządu", "rural_women_circle": "przewodnicząca koła", "company": "właściciel",
    "association": "prezes zarządu", "foundation": "prezes zarządu", "municipal_office": "sekretarz gminy",
}  # fmt: skip
PARTS = {
    "community_room": ("culture_centre", "municipal_office"),
    "senior_club": ("culture_centre",),
    "culture_centre": ("municipal_office",),
    "library": ("municipal_office",),
    "school": ("municipal_office",),
    "social_services": ("municipal_office",),
}
"""Which type is a part of which, the nearest first."""
TIMES = ("w dni robocze 8–12", "po 16", "wtorek i czwartek 10–18", "rano, przed 10")
ELECTED, BEFORE = date(2024, 5, 7), date(2018, 11, 20)
LARGE_CITY = 100_000
SIGNED, MEMBERS_SIGNED, REELECTED, HAS_PHONE = 60, 15, 55, 70
"""Per cent."""
SIGNATURE = (
    '<?xml version="1.0" encoding="UTF-8"?><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
    "<ds:SignedInfo/><ds:SignatureValue>WnJvYmlvbmUgZGxhIHBva2F6dQ==</ds:SignatureValue></ds:Signature>"
)


def keep_what_is_known(seats: Sequence[Seat]) -> None:
    for seat in seats:
        _enter_mayors(seat.municipality, seat.chance("mayor"))
        _give_phones(seat, seat.chance("phones"))
        if seat.founded:
            _describe(seat, seat.chance("organisations"))
            _send_agreements(seat, seat.chance("agreements"))
            if seat.code == HOME:
                _send_more(seat)


def _enter_mayors(municipality: Municipality, chance: Chance) -> None:
    """Some were in office before; a city of this size has a president."""
    name = " ".join(invented_name(chance))
    title = "wojt" if municipality.kind is MunicipalityKind.RURAL else "burmistrz"
    if municipality.kind is MunicipalityKind.URBAN and (municipality.population or 0) >= LARGE_CITY:
        title = "prezydent"
    again = chance.happens(REELECTED)
    db.session.add(
        Mayor(municipality=municipality, title=title, name=name, valid_from=BEFORE if again else ELECTED)
    )
    if not again:
        former = " ".join(invented_name(chance))
        db.session.add(
            Mayor(
                municipality=municipality,
                title=title,
                name=former,
                valid_from=BEFORE,
                valid_to=date(2024, 5, 6),
            )
        )


def _give_phones(seat: Seat, chance: Chance) -> None:
    for person in (seat.leader, seat.animator, *seat.deputies):
        if person.phone is None and (seat.code == HOME or chance.happens(HAS_PHONE)):
            person.phone = _phone(chance)
            person.best_time = chance.one(TIMES) if seat.code == HOME or chance.happens(50) else None


def _phone(chance: Chance) -> str:
    """The area code of a large city with a number that begins as none there does."""
    return f"22 0{chance.whole(10, 99)} {chance.whole(10, 99)} {chance.whole(10, 99)}"


def _describe(seat: Seat, chance: Chance) -> None:
    by_type = {member.organisation.org_type: member.organisation for member in seat.partnership.members}
    if "municipal_office" not in by_type and any("municipal_office" in PARTS.get(one, ()) for one in by_type):
        office = enter_organisation(kinds()["municipal_office"], seat.municipality, seat.place, chance)
        db.session.flush()
        by_type["municipal_office"] = office
    for org_type, organisation in by_type.items():
        above = next((by_type[one] for one in PARTS.get(org_type, ()) if one in by_type), None)
        organisation.parent = above
        _describe_one(organisation, chance)


def _describe_one(organisation: Organisation, chance: Chance) -> None:
    organisation.sector = SECTORS.get(organisation.org_type, "public")
    organisation.signatory_function = SIGNATORIES.get(organisation.org_type)
    if organisation.sector == "informal":
        organisation.registry_kind = "none"
    elif organisation.org_type == "school":
        organisation.registry_kind, organisation.registry_no = "rspo", str(chance.whole(10_000, 480_000))
    else:
        digits = f"{chance.whole(10_000_000, 99_999_999)}"
        organisation.registry_kind, organisation.registry_no = "regon", digits + regon_check_digit(digits)
    if chance.happens(HAS_PHONE):
        organisation.phone, organisation.best_time = _phone(chance), chance.one(TIMES)


def _send_agreements(seat: Seat, chance: Chance) -> None:
    is_home = seat.code == HOME
    with clock.at(seat.calendar.moment(max(seat.founded - 2, 1), chance)):
        if is_home or chance.happens(SIGNED):
            keep_agreement(
                seat.partnership,
                data=small_pdf("Porozumienie partnerskie"),
                name="porozumienie.pdf",
                title="Porozumienie partnerskie",
                actor=seat.leader,
            )
        for member in seat.partnership.members:
            if is_home or chance.happens(MEMBERS_SIGNED):
                keep_agreement(
                    member,
                    data=small_pdf("Deklaracja przystąpienia do partnerstwa"),
                    name="deklaracja.pdf",
                    title=f"Deklaracja: {member.organisation.name}"[:200],
                    actor=seat.leader,
                )


def _send_more(seat: Seat) -> None:
    """A signed list that few may open, a notice for everybody, and an agreement signed in a file of its own."""
    leader = seat.leader
    with clock.at(seat.calendar.moment(9, seat.chance("files"))):
        attach(
            seat.partnership,
            data=small_pdf("Lista obecności na spotkaniu partnerstwa"),
            name="lista-obecnosci.pdf",
            file_class=FileClass.EVIDENCE,
            title="Lista obecności, spotkanie inicjujące",
            actor=leader,
        )
        attach(
            seat.partnership,
            data=small_pdf("Zapraszamy na szkolenia"),
            name="ogloszenie.pdf",
            file_class=FileClass.PUBLIC,
            title="Ogłoszenie o szkoleniach",
            actor=leader,
        )
        letter = attach(
            seat.partnership,
            data=small_pdf("List intencyjny"),
            name="list-intencyjny.pdf",
            file_class=FileClass.PARTNERSHIP,
            title="List intencyjny biblioteki i szkoły",
            actor=leader,
        )
        add_signature(letter, data=SIGNATURE.encode(), name="list-intencyjny.pdf.xml", actor=leader)
