import shutil
from datetime import date
from pathlib import Path

import pytest

from programme.data_files import ProfileFault
from programme.profile import PROFILES, load_profile, read_profile

MOCARZE = load_profile("mocarze")


@pytest.fixture
def copy_of_profile(tmp_path: Path) -> Path:
    folder = tmp_path / "another"
    shutil.copytree(PROFILES / "mocarze", folder)
    return folder


def change(folder: Path, before: str, after: str) -> None:
    path = folder / "profile.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_programme_lasts_three_years():
    assert (MOCARZE.starts_on, MOCARZE.ends_on) == (date(2026, 1, 1), date(2028, 12, 31))
    assert MOCARZE.years == (2026, 2027, 2028)
    assert MOCARZE.name.in_language("pl") == "Gminne partnerstwa na rzecz edukacji cyfrowej"
    assert MOCARZE.default_language == "pl"
    assert MOCARZE.time_zone.key == "Europe/Warsaw"


def test_there_are_seven_minimum_tasks():
    assert [task.code for task in MOCARZE.tasks] == [
        "T1_FOUND",
        "T2_MEETINGS",
        "T3_GENERAL_PLAN",
        "T4_ANNUAL_PLANS",
        "T5_VISITS",
        "T6_REMOTE",
        "T7_WEBINARS",
    ]
    assert MOCARZE.task("T5_VISITS").label.in_language("en") == "Hold the first and second consultation visit"


def test_every_setting_is_explained_in_both_languages():
    assert set(MOCARZE.setting_notes) == set(MOCARZE.settings.as_data())
    for note in MOCARZE.setting_notes.values():
        assert all(
            text.in_language(language) for text in (note.label, note.help) for language in ("pl", "en")
        )


def test_a_profile_is_read_once():
    assert load_profile("mocarze") is MOCARZE


@pytest.mark.parametrize("name", ["../mocarze", "", "no-such-programme", "Mocarze"])
def test_a_name_that_is_no_profile_is_refused(name: str):
    with pytest.raises(ProfileFault):
        load_profile(name)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("ends_on = 2028-12-31", "ends_on = 2025-12-31", "the programme ends before it starts"),
        (
            'default_language = "pl"',
            'default_language = "de"',
            "default_language must be one of its languages",
        ),
        ('time_zone = "Europe/Warsaw"', 'time_zone = "Europe/Nowhere"', "there is no such time zone"),
        (
            "[settings.plan_years]\nvalue = 3",
            "[settings.plan_years]\nvalue = 4",
            "Enter a whole number from 1 to 3.",
        ),
        ("[settings.plan_years]", "[settings.plan_yeras]", "unknown settings: plan_years, plan_yeras"),
        ("[[tasks]]", "[[taskz]]", "unknown key taskz"),
        ("starts_on = 2026-01-01", 'starts_on = "2026"', "starts_on must be a date"),
        ('code = "T2_MEETINGS"', 'code = "T1_FOUND"', "a task stands there twice"),
        ('origin = "T"', 'origin = "X"', "origin must be one of T, O"),
    ],
)
def test_a_mistake_in_a_profile_is_named(copy_of_profile: Path, before: str, after: str, fault: str):
    change(copy_of_profile, before, after)

    with pytest.raises(ProfileFault, match=fault):
        read_profile(copy_of_profile)
