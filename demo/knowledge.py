"""The catalogue of the demonstration: fifty offers of forty invented providers, some waiting, some long unchecked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from accounts.queries import office_people
from core import clock
from core.text import slug
from demo.calendar import Calendar
from demo.chance import Chance
from knowledge import services
from knowledge.models import Audience, CatalogueItem, PriceKind, ProviderStatus
from knowledge.services import Content

OFFERS = 50
SUGGESTED, LOOKED_THROUGH, OUT_OF_DATE = 4, 2, 3
"""Of them, from the end: what waits for the office, and what nobody checked for long."""

PROVIDERS = (
    "Fundacja Jasny Ekran", "Stowarzyszenie Cyfrowa Łąka", "Fundacja Klik i Lipa", "Spółdzielnia Szkoleniowa Tęcza",
    "Biblioteka Pod Kasztanem", "Dom Kultury Wiatrak", "Uniwersytet Trzeciego Wieku w Dębowcu", "Pracownia Dobrych Haseł",
    "Fundacja Srebrna Myszka", "Stowarzyszenie Sąsiedzi Online", "Akademia Zwinnych Palców", "Fundacja Polna Sieć",
    "Instytut Prostych Technologii", "Centrum Edukacji Modrzew", "Stowarzyszenie E-Senior Dolina", "Kooperatywa Bit i Chleb",
    "Fundacja Otwarte Okno", "Towarzystwo Cyfrowych Przewodników", "Szkoła Języka i Sieci Bocian", "Fundacja Bez Barier w Sieci",
    "Warsztat Medialny Ważka", "Stowarzyszenie Żółta Gęś", "Laboratorium Małych Firm", "Fundacja Zdrowie na Ekranie",
    "Ośrodek Szkoleń Wierzba", "Klub Robotyki Trybik", "Fundacja Rodzic w Sieci", "Stowarzyszenie Wieś Działa",
    "Poradnia Cyfrowa Latarnia", "Spółka Szkoleniowa Krokus", "Fundacja Dostępne Słowo", "Stowarzyszenie Sołtysów Rzeka",
    "Akademia E-Usług Most", "Fundacja Uważny Klik", "Teatr Cyfrowy Kurtyna", "Muzeum Codzienności Spichlerz",
    "Fundacja Świetlica Jutra", "Stowarzyszenie Głos Ziemi", "Pracownia Grafiki Pestka", "Centrum Wolontariatu Kładka",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One kind of offer; several providers have it, each its own way."""

    title: str
    summary: str
    life_areas: tuple[str, ...]
    digcomp_areas: tuple[str, ...]
    audience: tuple[Audience, ...]


KINDS = (
    Kind("Smartfon bez obaw", "Sześć spotkań w małej grupie: dzwonienie, wiadomości, zdjęcia i mapa. Każdy ćwiczy na swoim telefonie.", ("everyday", "relations"), ("communication",), (Audience.SENIORS,)),
    Kind("Bezpieczne hasła i zakupy", "Warsztat z ćwiczeniami: mocne hasła, rozpoznawanie fałszywych stron i reklamacje.", ("finance", "everyday"), ("safety",), (Audience.ADULTS, Audience.SENIORS)),
    Kind("Lekarz przez internet", "E-recepta, internetowe konto pacjenta i teleporada krok po kroku, z kartą do domu.", ("health",), ("information", "problem_solving"), (Audience.SENIORS, Audience.ADULTS)),
    Kind("Sprawy urzędowe z domu", "Profil zaufany, wniosek i załącznik: uczestnicy składają próbne pismo od początku do końca.", ("everyday", "civic"), ("problem_solving",), (Audience.ADULTS,)),
    Kind("Cyfrowi trenerzy: kurs dla prowadzących", "Dwudniowe szkolenie dla osób, które uczą dorosłych: scenariusze, tempo i praca z lękiem przed techniką.", ("education",), ("communication", "content"), (Audience.TRAINERS,)),
    Kind("Praca z arkuszem od podstaw", "Osiem godzin ćwiczeń na własnych danych: tabele, sumy, wykresy i porządek w plikach.", ("work",), ("information", "content"), (Audience.ADULTS, Audience.INSTITUTIONS)),
    Kind("Rodzic w sieci", "Spotkania dla rodziców i dziadków: zasady w domu, ustawienia urządzeń i rozmowa z dzieckiem.", ("relations", "education"), ("safety", "communication"), (Audience.ADULTS,)),
    Kind("Film z telefonu", "Młodzież nagrywa i montuje krótki film o swojej miejscowości; na koniec wspólny pokaz.", ("leisure",), ("content",), (Audience.YOUNG,)),
    Kind("Strona bez barier", "Przegląd strony instytucji pod kątem dostępności i szkolenie osób, które ją prowadzą.", ("civic", "work"), ("content",), (Audience.INSTITUTIONS, Audience.DISABILITY)),
    Kind("Fake news: sprawdzam", "Gra i ćwiczenia dla szkół: skąd jest zdjęcie, kto to napisał i po co.", ("education", "civic"), ("information",), (Audience.YOUNG, Audience.TRAINERS)),
    Kind("Pakiet materiałów: bank w telefonie", "Scenariusz, prezentacja i karty ćwiczeń do pobrania i drukowania, na wolnej licencji.", ("finance",), ("safety", "problem_solving"), (Audience.TRAINERS, Audience.SENIORS)),
    Kind("Sztuczna inteligencja na co dzień", "Trzy spotkania: co potrafi, kiedy się myli i czego jej nie mówić.", ("work", "everyday"), ("information", "safety"), (Audience.ADULTS, Audience.TRAINERS)),
    Kind("Dyżur cyfrowy", "Raz w tygodniu przewodnik pomaga w bibliotece lub świetlicy każdemu, kto przyjdzie ze swoim sprzętem.", ("everyday",), ("problem_solving",), (Audience.ADULTS, Audience.SENIORS, Audience.DISABILITY)),
)  # fmt: skip

PRICES = {PriceKind.FREE: 60, PriceKind.PAID: 20, PriceKind.ON_REQUEST: 20}
STANDING = {ProviderStatus.OTHER: 60, ProviderStatus.MEMBER: 25, ProviderStatus.RECOMMENDED: 15}
WAYS = ("online", "w gminie", "weekendowo")


def keep_catalogue(calendar: Calendar) -> None:
    chance, office = Chance("catalogue"), office_people()[0]
    contents = list(_contents(chance))
    waiting = SUGGESTED + LOOKED_THROUGH
    for number, content in enumerate(contents[: OFFERS - waiting]):
        days = chance.whole(380, 420) if number < OUT_OF_DATE else chance.whole(10, 360)
        with clock.at(calendar.now - timedelta(days=days)):
            _publish(services.write(content, actor=office), office)
    for number, content in enumerate(contents[OFFERS - waiting :]):
        with clock.at(calendar.now - timedelta(days=chance.whole(1, 9))):
            address = f"biuro@{slug(content.provider)}.example"
            item = services.suggest(content, contact_email=address, actor=None)
            if number < LOOKED_THROUGH:
                services.moderate(item, actor=office)
    services.outdate_unchecked()


def _publish(item: CatalogueItem, office: User) -> None:
    services.moderate(item, actor=office)
    services.publish(item, actor=office)


def _contents(chance: Chance) -> Iterator[Content]:
    """Each provider has one offer, and the first ones a second."""
    standing = {one: chance.weighted(STANDING) for one in PROVIDERS}
    order = [*chance.shuffled(PROVIDERS), *PROVIDERS[: OFFERS - len(PROVIDERS)]]
    for number, provider in enumerate(order):
        yield _content(
            provider,
            KINDS[number % len(KINDS)],
            ending=_ending(number),
            standing=standing[provider],
            chance=chance,
        )


def _ending(number: int) -> str:
    """The same kind of offer is called a little differently by the next provider."""
    turn = number // len(KINDS)
    return f" ({WAYS[turn - 1]})" if turn else ""


def _content(provider: str, kind: Kind, *, ending: str, standing: ProviderStatus, chance: Chance) -> Content:
    site = f"https://{slug(provider)}.example"
    return Content(
        title=f"{kind.title}{ending}",
        summary=kind.summary,
        provider=provider,
        provider_website=f"{site}/",
        provider_status=standing,
        digcomp_areas=kind.digcomp_areas,
        life_areas=kind.life_areas,
        audience=[one.value for one in kind.audience],
        languages=_languages(chance),
        price_kind=chance.weighted(PRICES),
        url=f"{site}/oferta/{slug(kind.title)}",
    )


def _languages(chance: Chance) -> Sequence[str]:
    more = [code for code, percent in (("en", 10), ("uk", 20), ("pjm", 8)) if chance.happens(percent)]
    return ["pl", *more]
