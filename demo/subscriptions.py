"""News by mail of the demonstration: some readers, two digests released and one drafted, answers of visitors."""

from datetime import date, timedelta

from sqlalchemy import select

from accounts.queries import office_people
from core import clock
from core.database import db
from core.mail import nobody_told
from demo.calendar import Calendar
from demo.chance import Chance
from demo.office_news import tell_of_the_office
from feedback.models import PageFeedback
from municipalities.models import Voivodeship
from subscriptions import digests, links
from subscriptions.models import DigestIssue, Frequency, Subscriber, Subscription

READERS = 24
ISSUES = 3
WEEK = timedelta(days=7)
INTRODUCTIONS = (
    "Dzień dobry! W tym tygodniu: nowe plany i terminy webinariów, na które warto się zapisać.",
    "Krótko i na temat: co opublikowano w ostatnich dniach i co przed nami.",
)
PAGES = ("/pl/", "/pl/plany", "/pl/webinaria", "/pl/animatorzy", "/en/plans", "/pl/sprawdz-plik")
WORDS = (
    "Szukałam terminu następnego webinaru i od razu był na górze.",
    "Brakuje mi wyszukiwania po powiecie.",
    "Nie wiem, czym się różni plan ogólny od rocznego.",
    "Wszystko jasne, dziękuję.",
)
ANSWERS, DAYS = 90, 120
HELPFUL, WITH_WORDS = 78, 12
"""Per cent."""


def tell_news(calendar: Calendar) -> None:
    chance = Chance("news")
    _readers(calendar, chance)
    with nobody_told():
        tell_of_the_office(office_people()[0], calendar)
        _issues()
    _answers(calendar, chance)


def _readers(calendar: Calendar, chance: Chance) -> None:
    regions = db.session.scalars(select(Voivodeship.id).order_by(Voivodeship.sort_key)).all()
    for number in range(1, READERS + 1):
        with clock.at(calendar.moment(chance.whole(25, 90), chance)):
            reader = _reader(number, list(regions), chance)
        if reader.frequency is not Frequency.WEEKLY:
            reader.told_until = calendar.now  # what was new before the demonstration began has long been told
    db.session.flush()


def _reader(number: int, regions: list[int], chance: Chance) -> Subscriber:
    now = clock.now()
    wanted = [Subscription(topic="webinars")] if chance.happens(80) else []
    if chance.happens(60) or not wanted:
        region = chance.one(regions) if chance.happens(70) else None
        wanted.append(Subscription(topic="plans", voivodeship_id=region))
    wanted += [Subscription(topic=one) for one in ("initiatives", "articles", "offers") if chance.happens(30)]
    reader = Subscriber(
        email=f"czytelnik{number}@biblioteki.example",
        language="pl",
        frequency=chance.one([Frequency.WEEKLY, Frequency.WEEKLY, Frequency.DAILY, Frequency.AT_ONCE]),
        confirmed_at=now,
        told_until=now,
        subscriptions=wanted,
    )
    links.give_key(reader)
    db.session.add(reader)
    return reader


def _issues() -> None:
    """The last three Mondays: what was new then is told as it was drafted; the latest waits for the office."""
    office, now = office_people()[0], clock.now()
    for weeks in reversed(range(ISSUES)):
        with clock.at(now - weeks * WEEK):
            issue = digests.draft_due()
        if issue is None or weeks == 0:
            continue
        with clock.at(min(issue.until + timedelta(hours=4), now)):
            words = {"pl": INTRODUCTIONS[weeks % len(INTRODUCTIONS)]}
            digests.write(issue, issue.titles, words, actor=office)
            _add_own(issue)
            digests.release(issue, actor=office)
            _went_out(issue)


def _add_own(issue: DigestIssue) -> None:
    own = digests.OwnItem(
        topic="webinars",
        titles={
            "pl": "Zapytaj biuro projektu: dyżur telefoniczny w środę",
            "en": "Ask the office: by phone on Wednesday",
        },
        texts={"pl": "W środę od 10:00 do 12:00 odpowiadamy na pytania o plany i webinaria."},
        url="",
    )
    digests.add_own(issue, own, actor=office_people()[0])


def _went_out(issue: DigestIssue) -> None:
    """As the job leaves it, mail by mail; the mails themselves are a past that is only told."""
    readers = db.session.scalars(select(Subscriber).where(Subscriber.frequency == Frequency.WEEKLY)).all()
    for reader in readers:
        reader.last_number = issue.number or 0
        reader.told_until = max(reader.told_until, issue.until)
    issue.sent_count, issue.sent_at = len(readers), clock.now()
    db.session.flush()


def _answers(calendar: Calendar, chance: Chance) -> None:
    last: date = clock.today()
    for _number in range(ANSWERS):
        path = chance.one(PAGES)
        helpful = chance.happens(HELPFUL if path != PAGES[-1] else HELPFUL // 2)
        db.session.add(
            PageFeedback(
                path=path,
                language=path[1:3],
                helpful=helpful,
                text=chance.one(WORDS) if path.startswith("/pl") and chance.happens(WITH_WORDS) else None,
                given_on=last - timedelta(days=chance.whole(0, DAYS)),
            )
        )
    db.session.flush()
