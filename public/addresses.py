"""Public addresses say their language, in that language: ``/pl/gminy/…`` and ``/en/municipalities/…``."""

from collections.abc import Callable, Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.guards import public

View = Callable[..., ResponseReturnValue]

WORDS = {
    "plans": {"pl": "plany", "en": "plans"},
    "municipalities": {"pl": "gminy", "en": "municipalities"},
    "plan": {"pl": "plan", "en": "plan"},
    "versions": {"pl": "wersje", "en": "versions"},
    "card": {"pl": "karta", "en": "card"},
    "animators": {"pl": "animatorzy", "en": "animators"},
    "verify": {"pl": "sprawdz-plik", "en": "check-a-file"},
    "register": {"pl": "zapisy", "en": "register"},
    "sent": {"pl": "wyslano", "en": "sent"},
    "seat": {"pl": "miejsce", "en": "seat"},
    "confirm": {"pl": "potwierdz", "en": "confirm"},
    "give_up": {"pl": "rezygnacja", "en": "give-up"},
    "new_time": {"pl": "nowy-termin", "en": "new-time"},
    "webinars": {"pl": "webinaria", "en": "webinars"},
    "series": {"pl": "cykle", "en": "series"},
    "calendar": {"pl": "kalendarz", "en": "calendar"},
    "feed": {"pl": "kanal", "en": "feed"},
    "transcript": {"pl": "transkrypcja", "en": "transcript"},
    "news": {"pl": "powiadomienia", "en": "news"},
    "stop": {"pl": "rezygnacja", "en": "stop"},
    "stopped": {"pl": "wypisano", "en": "stopped"},
    "digest": {"pl": "biuletyn", "en": "digest"},
    "helpful": {"pl": "czy-pomoglo", "en": "was-it-helpful"},
    "words": {"pl": "slowa", "en": "words"},
    "certificates": {"pl": "zaswiadczenia", "en": "certificates"},
    "yours": {"pl": "twoje", "en": "yours"},
    "announcements": {"pl": "aktualnosci", "en": "announcements"},
    "initiatives": {"pl": "inicjatywy", "en": "initiatives"},
    "offers": {"pl": "oferty", "en": "offers"},
    "suggest": {"pl": "zglos", "en": "suggest"},
    "privacy": {"pl": "prywatnosc", "en": "privacy"},
    "accessibility": {"pl": "dostepnosc", "en": "accessibility"},
}


def in_both_languages(
    bp: Blueprint, rule: str, *, methods: Sequence[str] = ("GET",)
) -> Callable[[View], View]:
    """``in_both_languages(bp, "/{municipalities}/<place>")``: one view, an address in each language.

    The view gets ``lang``; ``url_for(..., lang="pl")`` finds the Polish address.
    """

    def attach(view: View) -> View:
        open_view = public(view)
        for language in ("pl", "en"):
            address = rule.format_map({key: words[language] for key, words in WORDS.items()})
            bp.add_url_rule(
                f"/{language}{address}",
                view.__name__,
                open_view,
                methods=list(methods),
                defaults={"lang": language},
            )
        return open_view

    return attach
