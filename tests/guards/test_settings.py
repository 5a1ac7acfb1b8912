"""What is written about the installation is what the code reads and installs."""

import re

import pytest

from config import ROOT

SETTING = re.compile(r"(?:\.text|\.whole|\.one_of)\(\s*\"([A-Z_]+)\"")


def test_every_setting_is_in_the_example_and_no_other():
    read = set(SETTING.findall((ROOT / "config.py").read_text()))
    described = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert read
    assert described == read


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_locked_packages_are_those_that_are_asked_for(name):
    asked = pins((ROOT / f"{name}.txt").read_text())
    locked = pins((ROOT / f"{name}.lock").read_text())

    assert asked
    assert asked.items() <= locked.items(), "run script/lock"


def test_tests_run_with_the_packages_that_the_application_runs_with():
    assert (
        pins((ROOT / "requirements.lock").read_text()).items()
        <= pins((ROOT / "requirements-dev.lock").read_text()).items()
    )


def pins(text: str) -> dict[str, str]:
    """Package and version, however the name is written."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


def test_every_installed_package_is_named_with_its_licence():
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text()
    listed = notices.partition("| package |")[2]

    named = set(re.findall(r"^\| ([a-z0-9-]+) \| \S", listed, re.MULTILINE)) - {"---"}
    assert named == set(pins((ROOT / "requirements.lock").read_text()))
