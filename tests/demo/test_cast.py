"""Who lives through what."""

from collections import Counter

import pytest

from demo.cast import DEPUTIES, HOME, SCRIPTS, Stage, cast
from demo.general import STEPS
from demo.places import official_register
from demo.unfinished import UNFINISHED

CODES = [unit.code for unit in official_register().units.values()]


@pytest.fixture(scope="module")
def parts():
    return cast(CODES)


def test_there_is_a_part_for_every_municipality(parts):
    assert sorted(parts) == sorted(CODES)
    assert Counter(part.script.name for part in parts.values()) == {
        script.name: len(script.ended) for script in SCRIPTS
    }


def test_every_step_of_a_script_can_be_lived():
    unknown = {step for script in SCRIPTS for step in script.steps} - STEPS.keys() - UNFINISHED.keys()

    assert unknown == set()


def test_partnerships_are_in_every_stage(parts):
    assert Counter(part.script.stage for part in parts.values()) == {
        Stage.PLANNED: 8,
        Stage.FORMING: 9,
        Stage.ACTIVE: 108,
    }


def test_some_have_a_deputy_and_some_have_lost_their_leader(parts):
    assert sum(part.deputies for part in parts.values()) == DEPUTIES
    assert parts[HOME].deputies == 1
    assert sum(part.has_lost_leader for part in parts.values()) == 4
