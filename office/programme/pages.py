"""What the pages about the programme show of its numbers and lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.formatting import day
from core.i18n import LazyString, _, _l, language
from programme.code_lists import Choice, CodeList
from programme.list_changes import lists_of
from programme.profile import load_profile
from programme.queries import the_programme
from programme.setting_groups import SettingGroup, is_fixed
from programme.settings import Origin, SettingValue


@dataclass(frozen=True)
class NumberRow:
    name: str
    label: str
    value: SettingValue
    default: SettingValue
    origin: Origin
    is_fixed: bool
    """The database holds it: no other value is possible."""

    @property
    def is_changed(self) -> bool:
        return self.value != self.default


def number_rows(group: SettingGroup) -> list[NumberRow]:
    programme = the_programme()
    notes, now, default = programme.profile.setting_notes, programme.settings, programme.profile.settings
    return [
        NumberRow(
            name,
            notes[name].label.in_language(language()),
            getattr(now, name),
            getattr(default, name),
            notes[name].origin,
            is_fixed(name),
        )
        for name in group.names
    ]


NAMES: dict[str, LazyString] = {
    "answer_kind": _l("Kinds of answers to remarks"),
    "remark_author": _l("Who wrote a remark"),
    "remark_state": _l("States of a remark"),
    "yes_no": _l("Yes or no"),
    "accessible_venue": _l("Accessibility of a venue"),
    "action_type": _l("Kinds of actions"),
    "advice_topic": _l("Topics of advice"),
    "certainty": _l("How certain a source is"),
    "condition": _l("Condition of equipment"),
    "contribution": _l("What a partner contributes"),
    "digcomp_area": _l("Areas of digital competence"),
    "form": _l("Forms of training"),
    "funding_source": _l("Sources of money"),
    "hour_kind": _l("Kinds of hours"),
    "level": _l("Levels of training"),
    "life_area": _l("Areas of life"),
    "mayor_title": _l("Titles of who heads a municipality"),
    "need_area": _l("Areas of needs"),
    "organisation_sector": _l("Sectors of organisations"),
    "organisation_type": _l("Kinds of organisations"),
    "partner_role": _l("Roles of partners"),
    "quarter": _l("Quarters"),
    "recommendation_addressee": _l("Whom a recommendation is for"),
    "recommendation_horizon": _l("When a recommendation is for"),
    "registry_kind": _l("Registers of organisations"),
    "resource_type": _l("Kinds of resources"),
    "training_status": _l("States of a training"),
}
BOUND = frozenset(
    {
        "yes_no",
        "answer_kind",
        "remark_author",
        "remark_state",
        "quarter",
        "hour_kind",
        "training_status",
        "need_area",
    }
)
"""The code asks for each of their entries: other labels are possible, further entries would mean nothing."""


@dataclass(frozen=True)
class ListedList:
    key: str
    label: LazyString | str
    choices: Sequence[Choice]
    profile: CodeList

    @property
    def takes_entries(self) -> bool:
        return self.key not in BOUND

    def choice(self, code: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.code == code), None)

    def can_retire(self, choice: Choice) -> bool:
        """The last entry that is offered stays: a list without any is none."""
        return self.takes_entries and any(
            one.retired_on is None and one.code != choice.code for one in self.choices
        )

    def is_own(self, code: str) -> bool:
        """The office added it or calls it otherwise than the profile does."""
        found = next((choice for choice in self.profile.choices if choice.code == code), None)
        return found is None or found.labels != next(one for one in self.choices if one.code == code).labels


def retirement(choice: Choice) -> str:
    """What the list says beside an entry that is, or will be, offered no more; else nothing."""
    if choice.retired_on is None:
        return ""
    said = _("Will be retired on %(day)s") if choice.is_offered else _("Retired on %(day)s")
    return str(said) % {"day": day(choice.retired_on)}


def listed_lists() -> list[ListedList]:
    row = the_programme().row
    profile = load_profile(row.profile).code_lists
    found = [
        ListedList(key, NAMES.get(key, key), one.choices, profile[key]) for key, one in lists_of(row).items()
    ]
    return sorted(found, key=lambda one: str(one.label).casefold())


def list_by_key(key: str) -> ListedList | None:
    return next((one for one in listed_lists() if one.key == key), None)
