"""The names that may stand in braces: what each means, and an invented value that shows how it reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.i18n import LazyString, _l


@dataclass(frozen=True)
class Name:
    meaning: LazyString
    sample: LazyString | str


NAMES: Mapping[str, Name] = {
    "number": Name(_l("Number of the paper"), "GP/2026/0042"),
    "today": Name(_l("Day on which it is made"), _l("15 Apr 2026")),
    "programme": Name(_l("Name of the programme"), _l("Municipal partnerships for digital education")),
    "operator": Name(_l("Who runs the programme"), _l("Gromada Example Foundation")),
    "municipality": Name(_l("Municipality"), "Łąki"),
    "municipality_type": Name(_l("Type of municipality"), _l("rural municipality")),
    "county": Name(_l("County"), _l("opolski county")),
    "voivodeship": Name(_l("Voivodeship"), "opolskie"),
    "territorial_code": Name(_l("Territorial code"), "1601012"),
    "partnership": Name(_l("Name of the partnership"), _l("Together in Łąki")),
    "founded_on": Name(_l("Day of founding"), _l("2 Mar 2026")),
    "members": Name(_l("Members"), _l("Public Library in Łąki; Primary School in Łąki")),
    "leader": Name(_l("Leader"), "Anna Przykładowa"),
    "leader_organisation": Name(_l("Institution of the leader"), _l("Public Library in Łąki")),
    "animator": Name(_l("Animator"), "Jan Przykładowy"),
    "mayor": Name(_l("Mayor, with the title"), _l("mayor, Maria Przykładowa")),
    "organisation": Name(_l("Name of the organisation"), _l("Primary School in Łąki")),
    "organisation_type": Name(_l("Type of organisation"), _l("school")),
    "organisation_address": Name(_l("Address of the organisation"), "ul. Lipowa 1, Łąki"),
    "registry_number": Name(_l("Register and number in it"), _l("RSPO no. 123456")),
    "signatory": Name(_l("Who signs for the organisation"), _l("head, Ewa Przykładowa")),
    "power_of_attorney": Name(_l("Number of the power of attorney"), "7/2026"),
    "role": Name(_l("Role in the partnership"), _l("organiser")),
    "contribution": Name(_l("What it contributes"), _l("room, equipment")),
    "joined_on": Name(_l("Day of joining"), _l("2 Mar 2026")),
    "meeting_kind": Name(_l("Kind of meeting"), _l("initiating meeting")),
    "meeting_day": Name(_l("Day of the meeting"), _l("20 Apr 2026")),
    "meeting_time": Name(_l("Beginning of the meeting"), "17:00"),
    "meeting_place": Name(_l("Place of the meeting"), _l("Public Library in Łąki")),
    "agenda": Name(_l("Agenda, one point a line"), _l("Welcome\nWhat residents need\nDates of trainings")),
    "people_count": Name(_l("Number of people at the meeting"), "12"),
    "summary": Name(_l("What was agreed"), _l("Courses begin in May.")),
    "next_steps": Name(_l("Next steps"), _l("The library finds dates.")),
    "appointed": Name(_l("Who is appointed"), "Anna Przykładowa"),
    "appointed_from": Name(_l("First day in the role"), _l("1 May 2026")),
    "appointed_organisation": Name(_l("Institution of who is appointed"), _l("Public Library in Łąki")),
    "sent_on": Name(_l("Day on which the handbooks were sent"), _l("1 Apr 2026")),
    "sent_count": Name(_l("Number of copies sent"), "4"),
    "edition": Name(_l("Edition of the handbook"), "1"),
    "handbook": Name(_l("Title of the handbook"), _l("Handbook of local partnerships")),
}


def sample_values() -> dict[str, str]:
    return {name: str(one.sample) for name, one in NAMES.items()}


def sample_members() -> list[tuple[str, str]]:
    samples = sample_values()
    return [(samples["organisation"], samples["signatory"])]
