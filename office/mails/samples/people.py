"""Who and where: the same in every sample."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

from core import clock

Thing = SimpleNamespace
"""A record that is none."""
PLACE = "Lipowa Dolina"


def person(name: str, number: int) -> Thing:
    address = f"{name.split(maxsplit=1)[0].lower()}@gromada.example"
    return Thing(
        id=number, name=name, mail_name=name, email=address, mail_address=address, mail_language="pl", phone="77 000 00 00",
        best_time="", password_hash=address,
    )  # fmt: skip


def reader(language: str) -> Thing:
    one = person("Anna Przykładowa", 1)
    one.mail_language = language
    return one


LEADER, ANIMATOR, OFFICE, OTHER = (
    person(name, number)
    for number, name in enumerate(("Jan Wzorcowy", "Ewa Modelowa", "Olga Biurowa", "Adam Pokazowy"), 2)
)
MUNICIPALITY = Thing(id=1, name=PLACE, label=f"{PLACE} (gmina wiejska)", address_name="lipowa-dolina")
PARTNERSHIP = Thing(
    id=1, name="Razem w Lipowej Dolinie", municipality=MUNICIPALITY, closed_on=date(2026, 12, 31), __tablename__="partnership"
)  # fmt: skip


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def at(days: int, hour: int = 10) -> datetime:
    return datetime.combine(in_days(days), time(hour), tzinfo=clock.LOCAL_ZONE)


def link(path: str) -> str:
    from core.mail import link_to

    return f"{link_to('progress.home')}{path}"
