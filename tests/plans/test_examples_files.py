"""Ready texts: what is in them, that every tick of them makes a plan, and what is wrong in a file that cannot be used."""

from pathlib import Path

import pytest

from core.i18n import in_language
from municipalities.models import County, Municipality, MunicipalityKind
from plans.checks import Purpose, check_content, resolve_references
from plans.definition_files import load_definitions
from plans.definitions import PlanContent, PlanKind, PlanRow
from plans.examples.drafting import Known, drafted
from plans.examples.files import Examples, load_examples, parse_example
from plans.examples.model import Chosen, Example, NeedChoice
from plans.examples.ready import ready_offers
from plans.examples.rules import loose_ends
from plans.examples.words import filled_in, read_words
from programme.data_files import ProfileFault
from programme.profile import load_profile

MOCARZE = load_profile("mocarze")
DEFINITIONS = load_definitions(MOCARZE.templates)
GENERAL = DEFINITIONS[PlanKind.GENERAL, 1]
FOLDER = MOCARZE.folder / "examples"
READY = load_examples(FOLDER, DEFINITIONS, MOCARZE.code_lists)
EACH = [pytest.param(one.key, id=one.key) for one in READY.ready]

SMALL = """
key = "test"
template = 1
kinds = ["rural"]
title = { pl = "Próba", en = "Trial" }
text = { pl = "Opis", en = "Text" }

[[needs]]
key = "health"
need_area = "exclusion"
priority = 1
need_text = { pl = "Potrzeba", en = "Need" }
evidence = { pl = "Rozmowy, {year} r.", en = "Conversations, {year}" }

[[groups]]
key = "seniors"
per_hundred = 20
target_level = "basic"
group_name = { pl = "Seniorzy", en = "Older people" }

[[goals]]
key = "health"
needs = ["health"]
reached = 70
goal_text = { pl = "Cel", en = "Goal" }
indicator = { pl = "osoby", en = "people" }

[[lines]]
key = "health"
goal = "health"
groups = ["seniors"]
trainings = [1, 2, 3]
hours_each = 6
people_each = 10
form = "on_site"
line_title = { pl = "E-zdrowie", en = "E-health" }

[[recommendations]]
key = "room"
rec_addressee = "mayor"
goals = ["health"]
rec_text = { pl = "Sala", en = "A room" }
"""


def municipality(population: int | None = 5000) -> Municipality:
    return Municipality(
        name="Żółta Gęś", kind=MunicipalityKind.RURAL, code="1601012", population=population, county=County()
    )


def offers_of(key: str, language: str = "pl", population: int | None = 5000) -> Example:
    found = READY.find(key)
    assert found is not None
    return ready_offers(found, municipality(population), year=2026, language=language)


def everything(example: Example) -> Chosen:
    return Chosen(
        needs={one.key: NeedChoice(one.evidence, "12.5") for one in example.needs},
        groups={one.key: one.size or 100 for one in example.groups},
        lines={one.key: one.trainings for one in example.lines},
        recommendations=frozenset(one.key for one in example.recommendations),
    )


def ticked(example: Example) -> Chosen:
    whole = everything(example)
    return Chosen(
        needs={one.key: whole.needs[one.key] for one in example.needs if one.ticked},
        groups={one.key: whole.groups[one.key] for one in example.groups if one.ticked},
        lines={one.key: whole.lines[one.key] for one in example.lines if one.ticked},
        recommendations=frozenset(one.key for one in example.recommendations if one.ticked),
    )


KNOWN = Known(
    PlanContent(
        {
            "metadata": (PlanRow("metadata", {"year_from": 2026, "year_to": 2028}),),
            "partners": (PlanRow("p1", {"org_code": "P1", "org_name": "Biblioteka"}),),
        }
    ),
    lead_code="P1",
    year=2026,
    definition=GENERAL,
)


def findings(content: PlanContent) -> list[tuple[str, str | None, str | None]]:
    found = check_content(
        content,
        GENERAL,
        code_lists=MOCARZE.code_lists,
        settings=MOCARZE.settings,
        purpose=Purpose.SUBMIT,
        period=(2026, 2027, 2028),
    )
    return [(finding.reason, finding.sheet_key, finding.column_key) for finding in found]


# --- The programme's own ---------------------------------------------------------------------------------


def test_the_programme_has_an_example_for_villages_and_one_for_towns():
    kinds = {one.key: one.kinds for one in READY.ready}

    assert kinds == {
        "small-rural": (MunicipalityKind.RURAL, MunicipalityKind.URBAN_RURAL),
        "town": (MunicipalityKind.URBAN, MunicipalityKind.URBAN_RURAL),
    }


@pytest.mark.parametrize("key", EACH)
def test_every_area_of_life_is_on_offer_once(key):
    areas = [line.values["life_area"] for line in offers_of(key).lines]

    assert sorted(map(str, areas)) == sorted(MOCARZE.code_lists["life_area"].codes)


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("key", EACH)
def test_with_everything_ticked_no_check_finds_anything(key, language):
    example = offers_of(key, language)

    content = drafted(example, everything(example), KNOWN, summary="Uczymy.")

    assert findings(content) == []
    assert resolve_references(content, GENERAL) == content


@pytest.mark.parametrize("key", EACH)
def test_what_is_ticked_beforehand_is_a_plan_already(key):
    example = offers_of(key)

    content = drafted(example, ticked(example), KNOWN, summary="Uczymy.")

    assert list(loose_ends(example, ticked(example))) == []
    assert findings(content) == []


@pytest.mark.parametrize("key", EACH)
def test_one_need_one_group_and_one_line_are_enough(key):
    """Whatever hangs together makes a plan without errors, however little of it is chosen."""
    example, whole = offers_of(key), everything(offers_of(key))

    for line in example.lines:
        for need in example.goals[line.goal].needs:
            for group in line.groups:
                chosen = Chosen(
                    {need: whole.needs[need]}, {group: 9}, {line.key: line.trainings},
                    frozenset([example.recommendations[0].key]),
                )  # fmt: skip
                assert findings(drafted(example, chosen, KNOWN, summary="Uczymy.")) == []


def test_a_size_is_guessed_from_the_residents_or_left_to_type():
    known = {one.key: one.size for one in offers_of("small-rural", population=5234).groups}
    unknown = {one.key: one.size for one in offers_of("small-rural", population=None).groups}

    assert known["seniors"] == 1260
    assert set(unknown.values()) == {None}


# --- What follows from the ticks -------------------------------------------------------------------------


def small() -> Example:
    example = parse_example(SMALL, DEFINITIONS, MOCARZE.code_lists)
    return ready_offers(example, municipality(), year=2026, language="pl")


def test_goals_hours_people_and_codes_follow_from_what_was_ticked():
    chosen = Chosen(
        {"health": NeedChoice("Ankieta")}, {"seniors": 40}, {"health": (1, 2, 3)}, frozenset({"room"})
    )

    content = drafted(small(), chosen, KNOWN, summary="Uczymy.")

    assert {key: dict(rows[0].values) for key, rows in content.sheets.items()} == {
        "metadata": {"year_from": 2026, "year_to": 2028, "summary": "Uczymy."},
        "partners": {"org_code": "P1", "org_name": "Biblioteka"},
        "needs": {
            "need_code": "N1", "need_text": "Potrzeba", "need_area": "exclusion", "priority": 1, "evidence": "Ankieta",
        },
        "groups": {
            "group_code": "T1", "group_name": "Seniorzy", "target_level": "basic", "group_size": 40,
            "persons_y1": 10, "persons_y2": 20, "persons_y3": 30,
        },
        "goals": {
            "goal_code": "C1", "goal_text": "Cel", "indicator": "osoby", "need_codes": ["N1"], "owner_org_code": "P1",
            "baseline": "0", "target_y1": "7", "target_y2": "21", "target_y3": "40",
        },
        "lines": {
            "line_code": "K1", "line_title": "E-zdrowie", "goal_code": "C1", "group_codes": ["T1"], "form": "on_site",
            "lead_org_code": "P1", "trainings_y1": 1, "trainings_y2": 2, "trainings_y3": 3,
            "hours_y1": "6", "hours_y2": "12", "hours_y3": "18",
        },
        "recommendations": {
            "rec_code": "R1", "rec_text": "Sala", "rec_addressee": "mayor", "goal_codes": ["C1"],
        },
    }  # fmt: skip


def test_a_figure_brings_its_measure_and_its_year():
    chosen = Chosen({"health": NeedChoice("Ankieta", "82")}, {"seniors": 40}, {"health": (1, 0, 0)})
    [ready] = [one for one in offers_of("small-rural").needs if one.key == "health"]
    example = Example("x", small().origin, [ready], small().groups, small().lines, small().goals, [])

    [need] = drafted(example, chosen, KNOWN, summary="Uczymy.").rows("needs")

    assert {
        key: need.values[key] for key in ("measure", "measure_value", "measure_unit", "evidence_year")
    } == {
        "measure": "osoby po 60. roku życia bez Internetowego Konta Pacjenta",
        "measure_value": "82",
        "measure_unit": "osoby",
        "evidence_year": 2026,
    }


def test_a_line_without_its_need_or_its_group_is_named_with_what_would_help():
    chosen = Chosen({}, {}, {"health": (1, 2, 3)})

    with in_language("en"):
        said = list(loose_ends(small(), chosen))

    assert said == [
        "“E-zdrowie” answers none of the needs you ticked. Leave it out, or tick one of these needs as well: Potrzeba",
        "“E-zdrowie” is for none of the groups you ticked. Leave it out, or tick one of these groups as well: Seniorzy",
    ]


# --- A file that cannot be used --------------------------------------------------------------------------


def test_every_fault_of_a_file_is_named_at_once():
    broken = (
        SMALL.replace('need_area = "exclusion"', 'need_area = "poverty"')
        .replace("{year} r.", "{yaer} r.")
        .replace('goals = ["health"]\nrec_text', 'goals = ["wealth"]\nrec_text')
        .replace('groups = ["seniors"]', 'groups = ["youth"]')
        .replace("trainings = [1, 2, 3]", "trainings = [1, 2]")
        .replace('form = "on_site"\n', "")
        .replace("priority = 1", "priority = 7")
        .replace('pl = "Sala"', f'pl = "{"x" * 2001}"')
    )

    with pytest.raises(ProfileFault) as refused:
        parse_example(broken, DEFINITIONS, MOCARZE.code_lists, name="broken.toml")

    areas = ", ".join(MOCARZE.code_lists["need_area"].codes)
    assert str(refused.value).splitlines() == [
        f"broken.toml: needs health: need_area must be one of {areas}",
        "broken.toml: needs health: priority must be from 1 to 5",
        "broken.toml: needs health, evidence: {yaer} must be one of year",
        "broken.toml: lines health: form is missing",
        "broken.toml: lines health: trainings must be three whole numbers",
        "broken.toml: recommendations room: rec_text is longer than 2000 characters",
        "broken.toml: lines health: there is nothing called youth in groups",
        "broken.toml: recommendations room: there is nothing called wealth in goals",
        "broken.toml: groups seniors: nothing leads to it",
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("template = 1", "template = 9"), "test.toml: there is no general template of version 9"),
        (('kinds = ["rural"]', 'kinds = ["seaside"]'), "test.toml: kinds must be among urban, rural, urban_rural"),
        (("per_hundred = 20\n", ""), "test.toml: groups seniors: per_hundred must be a whole number"),
        (("reached = 70", 'reached = 70\ntarget_y3 = "5"'), "test.toml: goals health: unknown key target_y3"),
        (('en = "Need"', 'de = "Not"'), "test.toml: needs health, need_text: unknown key de"),
        (('en = "Conversations, {year}"', 'en = "Conversations, {"'),
         "test.toml: needs health, evidence: Single '{' encountered in format string"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(change, fault):
    with pytest.raises(ProfileFault) as refused:
        parse_example(SMALL.replace(*change), DEFINITIONS, MOCARZE.code_lists, name="test.toml")

    assert str(refused.value) == fault


def test_two_rows_of_one_key_are_a_fault():
    double = SMALL + SMALL[SMALL.index("[[recommendations]]") :]

    with pytest.raises(ProfileFault, match=r"^test: recommendations room is there twice$"):
        parse_example(double, DEFINITIONS, MOCARZE.code_lists, name="test")


def test_two_files_of_one_key_are_a_fault(tmp_path: Path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(SMALL, encoding="utf-8")

    with pytest.raises(ProfileFault, match="a key stands there twice: test, test"):
        load_examples(tmp_path, DEFINITIONS, MOCARZE.code_lists)


def test_a_programme_may_do_without_examples(tmp_path: Path):
    assert load_examples(tmp_path / "none", DEFINITIONS, MOCARZE.code_lists) == Examples()


def test_a_sentence_of_the_summary_must_know_its_words():
    text = '[evidence]\npl = "a"\nen = "a"\n[[summary]]\npl = "W latach {lata}"\nen = "In {years}"'

    with pytest.raises(ProfileFault, match=r"^words, summary: \{lata\} must be one of areas, groups, "):
        read_words(text, "words")


def test_a_sentence_without_its_word_is_left_out():
    assert filled_in("Led by {lead}.", {"lead": ""}) == ""
    assert filled_in("Led by {lead}.", {"lead": "the library"}) == "Led by the library."
