"""What the history calls the programme's words and numbers: each number by its label in the profile."""

from typing import Any

from core.fact_words import Fact, name_facts
from core.i18n import LazyString, _l, language
from office.programme.forms import as_words
from programme.queries import the_programme
from programme.settings import SETTING_NAMES, SettingRefused, read_setting


def name_programme_facts() -> None:
    name_facts(
        "programme",
        name_pl=_l("Name, in Polish"),
        name_en=_l("Name, in English"),
        short_name_pl=_l("Short name, in Polish"),
        short_name_en=_l("Short name, in English"),
        funding_statement_pl=_l("Funding statement, in Polish"),
        funding_statement_en=_l("Funding statement, in English"),
        operator_pl=_l("Who runs the programme, in Polish"),
        operator_en=_l("Who runs the programme, in English"),
        contact_email=_l("E-mail of the office"),
        contact_phone=_l("Telephone of the office"),
        starts_on=_l("First day of the programme"),
        ends_on=_l("Last day of the programme"),
        logo_pl=_l("What it says, in Polish"),
        logo_en=_l("What it says, in English"),
        logo_position=_l("Place"),
        entry_pl=_l("In Polish"),
        entry_en=_l("In English"),
        entry_retired_on=_l("Not offered from"),
    )
    name_facts("programme", **{name: _number(name) for name in SETTING_NAMES})


def _number(name: str) -> Fact:
    def label() -> str:
        return the_programme().profile.setting_notes[name].label.in_language(language())

    def shown(value: Any) -> str:
        try:
            return as_words(read_setting(name, value))
        except SettingRefused:  # limits of the past
            return str(value)

    return Fact(LazyString(label), shown)
