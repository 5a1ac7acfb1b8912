"""What is kept about organisations: what they are part of, their number in a register, who signs, and their end."""

from datetime import date

import pytest

from accounts.policy import Permission, can
from core.audit import story_of
from core.database import db
from core.file_kinds import UnacceptableFile
from partnerships.models import TermKind
from partnerships.organisations.errors import (
    BelongedLonger,
    EndedBeforeJoining,
    EndedInFuture,
    HasParts,
    MemberElsewhere,
    MissingPowerHolder,
    NoSuchParent,
    OrganisationOver,
    PartOfItself,
    PartsInCircle,
)
from partnerships.organisations.queries import organisations_called
from partnerships.organisations.registries import WrongRegistryNumber, registry_number
from partnerships.organisations.services import (
    OrganisationFacts,
    change_organisation,
    end_organisation,
    keep_agreement,
    parent_called,
)
from partnerships.queries import organisations_of
from partnerships.services import add_member
from tests.support import documents

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def place(make):
    return make.municipality("Łomża")


def facts(organisation, **changed) -> OrganisationFacts:
    return OrganisationFacts(**{"name": organisation.name, "org_type": organisation.org_type, **changed})


# --- Numbers in registers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("krs", "123456", "0000123456"),
        ("krs", "0000 123 456", "0000123456"),
        ("rspo", "123456", "123456"),
        ("regon", "123456785", "123456785"),
        ("regon", "123-456-785", "123456785"),
        ("regon", "12345678512347", "12345678512347"),
        ("culture", "7/2012", "7/2012"),
        ("none", "", None),
        (None, "  ", None),
        ("regon", "", None),
    ],
)
def test_a_number_is_kept_as_its_register_writes_it(kind, typed, kept):
    assert registry_number(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("krs", "12345678901", "A KRS number has 10 digits"),
        ("krs", "KRS 1", "A KRS number has 10 digits"),
        ("krs", "0", "A KRS number has 10 digits"),
        ("rspo", "12345678", "An RSPO number has up to 7 digits"),
        ("regon", "123456784", "This is no REGON number"),
        ("regon", "12345678512346", "This is no REGON number"),
        ("regon", "1234567", "This is no REGON number"),
        ("regon", "١٢٣٤٥٦٧٨٥", "This is no REGON number"),
        ("culture", "rejestr", "Write the number as it stands in the register"),
        ("none", "12", "Choose the register in which this number stands"),
        (None, "12", "Choose the register in which this number stands"),
        ("unheard", "12", "Choose the register in which this number stands"),
    ],
)
def test_what_is_no_number_of_that_register_is_refused_in_a_sentence(app, kind, typed, sentence):
    with pytest.raises(WrongRegistryNumber, match=sentence):
        registry_number(kind, typed)


# --- What is kept ----------------------------------------------------------------------------------------


def test_everything_about_an_organisation_is_kept_with_old_and_new_in_its_history(make, place):
    centre = make.organisation("Dom Kultury", municipality=place, org_type="culture_centre")
    room = make.organisation("Świetlica", municipality=place, org_type="community_room")

    change_organisation(
        room,
        facts(
            room,
            sector="public",
            parent=centre,
            address="Wiejska 1",
            office_email="swietlica@lomza.example",
            phone="86 123 45 67",
            best_time="po 16",
            registry_kind="regon",
            registry_no="123-456-785",
            signatory_function="kierownik",
            signatory_name="Jan Wolny",
            power_of_attorney="4/2026",
        ),
        actor=make.user(),
    )

    assert (room.parent, room.registry_no, room.phone, room.signatory_function) == (
        centre,
        "123456785",
        "86 123 45 67",
        "kierownik",
    )
    [(event, personal)] = story_of(room)
    assert event.event == "organisation.changed"
    assert event.data["after"] == {
        "sector": "public",
        "address": "Wiejska 1",
        "office_email": "swietlica@lomza.example",
        "registry_kind": "regon",
        "registry_no": "123456785",
        "signatory_function": "kierownik",
        "parent": "Dom Kultury",
    }
    assert set(event.data["before"].values()) == {None}
    assert personal["after"] == {
        "phone": "86 123 45 67",
        "best_time": "po 16",
        "signatory_name": "Jan Wolny",
        "power_of_attorney": "4/2026",
    }


def test_saving_an_organisation_without_a_change_leaves_no_trace(make, place):
    library = make.organisation("Biblioteka", municipality=place)

    change_organisation(library, facts(library, phone=" "), actor=make.user())

    assert story_of(library) == []


def test_whoever_signs_may_stay_without_a_name_but_not_a_power_of_attorney_without_a_function(make, place):
    library = make.organisation("Biblioteka", municipality=place)

    change_organisation(library, facts(library, signatory_function="dyrektor"), actor=make.user())
    with pytest.raises(MissingPowerHolder):
        change_organisation(library, facts(library, power_of_attorney="4/2026"), actor=make.user())

    assert (library.signatory_function, library.signatory_name) == ("dyrektor", None)


def test_a_room_is_part_of_a_centre_and_that_of_the_municipality_and_never_in_a_circle(make, place):
    office, centre, room = (
        make.organisation(name, municipality=place) for name in ("Urząd", "Dom Kultury", "Świetlica")
    )
    actor = make.user()
    change_organisation(room, facts(room, parent=centre), actor=actor)
    change_organisation(centre, facts(centre, parent=office), actor=actor)

    with pytest.raises(PartOfItself, match="An organisation cannot be a part of itself"):
        change_organisation(office, facts(office, parent=office), actor=actor)
    with pytest.raises(
        PartsInCircle, match="Świetlica is a part of Urząd already: it cannot also be above it"
    ):
        change_organisation(office, facts(office, parent=room), actor=actor)
    with pytest.raises(PartsInCircle):
        change_organisation(office, facts(office, parent=centre), actor=actor)

    assert (room.parent, centre.parent, office.parent) == (centre, office, None)


def test_what_it_is_part_of_is_of_the_same_municipality_and_still_there(make, place):
    room = make.organisation("Świetlica", municipality=place)
    elsewhere, over = make.organisation("Dom Kultury"), make.organisation("Klub", municipality=place)
    over.ended_on = YESTERDAY

    with pytest.raises(NoSuchParent):
        change_organisation(room, facts(room, parent=elsewhere), actor=make.user())
    with pytest.raises(OrganisationOver):
        change_organisation(room, facts(room, parent=over), actor=make.user())
    with pytest.raises(NoSuchParent):
        parent_called(room, "Klub")


def test_what_it_is_part_of_is_found_by_its_name(make, place):
    room, centre = (
        make.organisation("Świetlica", municipality=place),
        make.organisation("Dom Kultury", municipality=place),
    )

    assert (parent_called(room, " dom KULTURY "), parent_called(room, " ")) == (centre, None)


def test_an_organisation_is_found_by_its_name_in_the_whole_country(make, place):
    whole = make.organisation("Łąka", municipality=place)
    begins = make.organisation("Łąka i las")
    inside = make.organisation("Zielona Łąka")
    ended = make.organisation("Łąka")
    ended.ended_on = YESTERDAY
    db.session.commit()

    assert organisations_called("laka") == [whole, begins, inside]
    assert organisations_called("laka", near=inside.municipality) == [whole, inside, begins]
    assert organisations_called("%") == organisations_called(" ") == []


# --- The end ---------------------------------------------------------------------------------------------


def test_an_organisation_that_ends_leaves_its_partnerships_and_is_offered_no_more(make):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    member = make.member(partnership)
    organisation = member.organisation

    end_organisation(organisation, ended_on=YESTERDAY, actor=leader)
    db.session.commit()

    assert (organisation.ended_on, member.left_on) == (YESTERDAY, YESTERDAY)
    assert organisations_of(partnership.municipality) == organisations_called(organisation.name) == []
    with pytest.raises(OrganisationOver):
        end_organisation(organisation, ended_on=TODAY, actor=leader)
    with pytest.raises(OrganisationOver):
        change_organisation(organisation, facts(organisation), actor=leader)


def test_an_organisation_that_has_ended_joins_nothing(make):
    partnership, over = make.partnership(), make.organisation("Dawny Klub")
    over.ended_on = YESTERDAY

    with pytest.raises(OrganisationOver, match=r"Dawny Klub ended on 14 Apr 2026\."):
        add_member(partnership, over, role="trainer", joined_on=TODAY, actor=make.user())

    assert partnership.members_on(TODAY) == []


def test_whoever_leads_one_partnership_does_not_end_a_member_of_another(make):
    leader = make.user()
    first, second = make.partnership(leader=leader), make.partnership("Partnerstwo Obok")
    organisation = make.organisation(municipality=first.municipality)
    members = [make.member(one, organisation) for one in (first, second)]

    with pytest.raises(MemberElsewhere, match="Partnerstwo Obok"):
        end_organisation(organisation, ended_on=TODAY, actor=leader)
    untouched = [member.left_on for member in members]
    end_organisation(organisation, ended_on=TODAY, actor=make.office())

    assert (untouched, [member.left_on for member in members]) == ([None, None], [TODAY, TODAY])


def test_nothing_ended_before_the_last_day_on_which_it_belonged(make):
    """As a last day is never put right to one after the end."""
    partnership = make.partnership()
    former = make.member(partnership, left_on=YESTERDAY)
    organisation = former.organisation

    with pytest.raises(BelongedLonger, match="until 14 Apr 2026"):
        end_organisation(organisation, ended_on=date(2026, 4, 13), actor=make.office())
    end_organisation(organisation, ended_on=YESTERDAY, actor=make.office())

    assert (organisation.ended_on, former.left_on) == (YESTERDAY, YESTERDAY)


def test_an_end_lies_between_joining_and_today_and_leaves_no_part_alone(make):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    member = make.member(partnership, joined_on=TODAY)
    room = make.organisation("Świetlica", municipality=partnership.municipality)

    with pytest.raises(EndedInFuture):
        end_organisation(member.organisation, ended_on=TOMORROW, actor=leader)
    with pytest.raises(EndedBeforeJoining):
        end_organisation(member.organisation, ended_on=YESTERDAY, actor=leader)
    room.parent = member.organisation
    db.session.flush()
    with pytest.raises(HasParts, match="Świetlica is a part of it"):
        end_organisation(member.organisation, ended_on=TODAY, actor=leader)

    assert (member.organisation.ended_on, member.left_on) == (None, None)


# --- Agreements and people -------------------------------------------------------------------------------


def test_a_signed_agreement_falls_into_its_place_and_a_newer_one_replaces_it(make):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    member = make.member(partnership)
    scans = {"a.pdf": documents.pdf(), "b.png": documents.png()}

    for owner in (partnership, member):
        kept = [
            keep_agreement(owner, data=data, name=name, title="Porozumienie", actor=leader)
            for name, data in scans.items()
        ]
        assert kept[0] is kept[1]
        assert (owner.agreement_id, kept[0].file_name) == (kept[0].id, "b.png")
    with pytest.raises(UnacceptableFile):
        keep_agreement(member, data=b"<html>", name="a.pdf", title="Porozumienie", actor=leader)

    assert partnership.agreement_id != member.agreement_id
    events = [event.event for event, _ in story_of(partnership)]
    assert events.count("partnership.agreement") == 2


def test_an_organisation_is_seen_by_the_people_of_its_partnerships_alone(make):
    leader, deputy, animator, former = make.user(), make.user(), make.animator(), make.user()
    partnership = make.partnership(leader=leader, animator=animator)
    make.term(partnership, deputy)
    make.term(partnership, former, kind=TermKind.DEPUTY, ends_on=YESTERDAY)
    other = make.partnership(municipality=make.municipality())
    organisation = make.member(partnership).organisation
    make.member(other, organisation, left_on=YESTERDAY)
    people = {
        "leader": leader, "deputy": deputy, "animator": animator, "office": make.office(), "admin": make.admin(),
        "former": former, "leader it left": other.leader(TODAY),
    }  # fmt: skip

    reads = {name for name, one in people.items() if can(one, Permission.ORGANISATION_READ, organisation)}
    calls = {name for name, one in people.items() if can(one, Permission.ORGANISATION_CALL, organisation)}
    edits = {name for name, one in people.items() if can(one, Permission.ORGANISATION_EDIT, organisation)}

    assert reads == calls == {"leader", "deputy", "animator", "office"}
    assert edits == {"leader", "deputy", "office"}


def test_whoever_takes_in_an_organisation_from_elsewhere_neither_calls_nor_changes_it(make):
    home, elsewhere, later = make.partnership(), make.partnership(), make.partnership()
    organisation = make.organisation(municipality=home.municipality)

    def people_who(permission: Permission) -> list[bool]:
        db.session.refresh(organisation, ["memberships"])
        return [can(one.leader(TODAY), permission, organisation) for one in (home, elsewhere, later)]

    make.member(elsewhere, organisation)
    make.member(later, organisation)
    while_not_at_home = [
        people_who(one) for one in (Permission.ORGANISATION_CALL, Permission.ORGANISATION_EDIT)
    ]
    at_home = make.member(home, organisation)
    joined = [people_who(one) for one in (Permission.ORGANISATION_CALL, Permission.ORGANISATION_EDIT)]
    at_home.left_on = YESTERDAY
    left = people_who(Permission.ORGANISATION_EDIT)

    assert while_not_at_home == [[False, True, False]] * 2
    assert joined == [[True, False, False]] * 2
    assert left == [False, False, False]
    assert people_who(Permission.ORGANISATION_READ) == [False, True, True]
