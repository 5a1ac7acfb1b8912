"""The written content: enough of it, and nothing that points nowhere."""

from itertools import chain
from typing import Any

import pytest

from demo.library import DATA, EVERYWHERE, Surroundings, Theme, built, data_file, library
from demo.organisations import kinds
from demo.remarks import notes, remarks
from plans.definition_files import load_definition
from programme.profile import PROFILES, load_profile

THEMES = library().themes
GENERAL = load_definition(PROFILES / "mocarze" / "templates" / "general-1.toml")
LISTS = load_profile("mocarze").code_lists


def every(part: str) -> list[Any]:
    return list(chain.from_iterable(getattr(theme, part) for theme in THEMES))


def test_there_is_enough_to_make_no_two_plans_alike():
    counts = {
        part: len(every(part))
        for part in ("needs", "groups", "goals", "lines", "recommendations", "trainings")
    }

    wanted = {"needs": 24, "groups": 14, "goals": 18, "lines": 30, "recommendations": 20, "trainings": 60}
    assert {part: counts[part] >= wanted[part] for part in wanted} == dict.fromkeys(wanted, True), counts


def test_no_id_is_given_twice():
    ids = [entry.id for part in ("needs", "groups", "goals", "lines") for entry in every(part)]

    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.key)
def test_what_belongs_together_is_there(theme: Theme):
    ids = {
        part: {entry.id for entry in getattr(theme, part)} for part in ("needs", "groups", "goals", "lines")
    }

    pointing = {
        "needs": {need for goal in theme.goals for need in goal.needs},
        "groups": {group for line in theme.lines for group in line.groups},
        "goals": {line.goal for line in theme.lines}
        | {goal for one in theme.recommendations for goal in one.goals},
        "lines": {training.line for training in theme.trainings},
    }

    assert pointing == ids


@pytest.mark.parametrize(
    ("theme", "place"),
    [(theme, place) for theme in THEMES for place in EVERYWHERE if theme.fits(place)],
    ids=lambda value: str(getattr(value, "key", value)),
)
def test_every_line_has_somebody_to_teach_and_every_goal_a_line(theme: Theme, place: Surroundings):
    groups = {group.id for group in theme.groups if group.fits(place)}
    lines = [line for line in theme.lines if line.fits(place)]

    assert [line.id for line in lines if not groups & set(line.groups)] == []
    assert {goal.id for goal in theme.goals if goal.fits(place)} <= {line.goal for line in lines}


def test_codes_stand_in_the_lists_of_the_programme():
    used = {
        "need_area": {need.area for need in every("needs")},
        "level": {level for group in every("groups") for level in (group.current, group.target)}
        | {training.level for training in every("trainings")},
        "digcomp_area": {area for goal in every("goals") for area in goal.digcomp}
        | {training.digcomp for training in every("trainings")},
        "form": {line.form for line in every("lines")},
        "life_area": {line.life_area for line in every("lines")}
        | {training.life_area for training in every("trainings") if training.life_area},
        "recommendation_addressee": {one.addressee for one in every("recommendations")},
        "recommendation_horizon": {one.horizon for one in every("recommendations")},
        "resource_type": {one.type for one in library().extras.resources},
        "funding_source": {one.source for one in library().extras.funding},
        "certainty": {one.certainty for one in library().extras.funding},
        "action_type": {one.type for one in library().extras.year.actions},
        "organisation_type": {one for line in every("lines") for one in (*line.lead, *line.help)}
        | set(kinds()),
        "partner_role": {kind.role for kind in kinds().values()},
        "contribution": {one for kind in kinds().values() for one in kind.contribution},
    }

    unknown = {name: codes - set(LISTS[name].codes) for name, codes in used.items()}
    assert {name: codes for name, codes in unknown.items() if codes} == {}


def test_remarks_stand_on_columns_that_are_there():
    places = [(one.sheet, one.column) for one in remarks() if one.sheet]

    missing = [
        place for place in places if place[1] is not None and not GENERAL.sheet(place[0]).has_column(place[1])
    ]
    assert missing == []


def test_animators_have_words_for_every_decision():
    assert sorted(notes()) == sorted(
        [
            *("returned", "returned_again", "returned_often", "approved", "advice"),
            *("reopened", "corrected", "feedback", "term_ended", "cover"),
        ]
    )


def test_a_key_that_nobody_knows_is_a_slip_of_the_pen():
    table = data_file(DATA / "themes" / "seniors.toml") | {"key": "seniors", "sumary": []}

    with pytest.raises(ValueError, match="Theme: unknown sumary"):
        built(Theme, table)
