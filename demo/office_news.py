"""News of the office in the demonstration: something under every topic, the latest still a draft."""

from accounts.models import User
from core import clock
from demo.calendar import Calendar
from demo.chance import Chance
from subscriptions.office_news import services
from subscriptions.office_news.services import Words

LIBRARY = "https://biblioteka.gromada.example"

PUBLISHED = (
    (
        52,
        Words(
            "articles",
            {
                "pl": "Jak uczyć o hasłach bez straszenia",
                "en": "Teaching passwords without frightening anybody",
            },
            {
                "pl": "Trzy ćwiczenia na jedne zajęcia, sprawdzone w bibliotekach.",
                "en": "Three exercises for one lesson, tried in libraries.",
            },
            f"{LIBRARY}/artykuly/hasla",
        ),
    ),
    (
        38,
        Words(
            "offers",
            {"pl": "Bezpłatne szkolenie: prowadzenie zajęć dla osób starszych"},
            {"pl": "Dwa dni na miejscu, nocleg zapewnia organizator. Zgłoszenia do końca miesiąca."},
            f"{LIBRARY}/oferty/zajecia-dla-seniorow",
        ),
    ),
    (
        24,
        Words(
            "initiatives",
            {
                "pl": "Tydzień z Internetem: zgłoś wydarzenie ze swojej gminy",
                "en": "Get Online Week: add an event of your municipality",
            },
            {
                "pl": "Każde wydarzenie trafia na ogólnopolską mapę.",
                "en": "Each event stands on the national map.",
            },
            f"{LIBRARY}/inicjatywy/tydzien-z-internetem",
        ),
    ),
    (
        17,
        Words(
            "plans",
            {"pl": "Wzór uchwały o partnerstwie po zmianach"},
            {"pl": "Nowy wzór obowiązuje od początku miesiąca. Podpisanych uchwał nie trzeba zmieniać."},
            f"{LIBRARY}/wzory/uchwala",
        ),
    ),
    (
        10,
        Words(
            "articles",
            {
                "pl": "Dobra praktyka: dyżur cyfrowy w remizie",
                "en": "Good practice: a help desk at the fire station",
            },
            {
                "pl": "Raz w tygodniu, dwie osoby, bez zapisów. Co zadziałało, a co nie.",
                "en": "Once a week, two people, no booking. What worked and what did not.",
            },
            f"{LIBRARY}/artykuly/dyzur-w-remizie",
        ),
    ),
    (
        4,
        Words(
            "offers",
            {"pl": "Tablety do wypożyczenia na zajęcia", "en": "Tablets on loan for lessons"},
            {
                "pl": "Dziesięć sztuk na trzy miesiące, z ubezpieczeniem.",
                "en": "Ten of them for three months, insured.",
            },
            f"{LIBRARY}/oferty/tablety",
        ),
    ),
    (
        2,
        Words(
            "webinars",
            {"pl": "Ankieta: o czym mają być wiosenne webinaria?"},
            {"pl": "Pięć pytań, trzy minuty."},
            f"{LIBRARY}/ankiety/webinaria",
        ),
    ),
)
"""Days ago, and what was told."""
DRAFT = Words(
    "initiatives",
    {"pl": "Konkurs na najlepsze zajęcia roku"},
    {"pl": "Regulamin i terminy."},
    f"{LIBRARY}/inicjatywy/konkurs",
)


def tell_of_the_office(office: User, calendar: Calendar) -> None:
    chance = Chance("office news")
    for days_ago, words in PUBLISHED:
        with clock.at(calendar.moment(days_ago, chance)):
            services.publish(services.write(words, actor=office), actor=office)
    services.write(DRAFT, actor=office)
