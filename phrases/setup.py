"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from core.fact_words import Fact, name_facts
from core.i18n import _l, language
from core.navigation import OfficeTool, add_to_office
from phrases.models import PhraseKind
from phrases.places import places
from phrases.views import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    name_facts(
        "phrase",
        kind=Fact(_l("Where it is used"), lambda kind: str(PhraseKind(kind).label)),
        title=_l("Title"),
        place=Fact(_l("Part of the plan"), _title_of),
        text=_l("Text"),
    )
    add_to_office(
        app,
        OfficeTool(
            _l("Ready phrases"),
            _l("Good words for remarks, decisions, reports and advice, shared with all animators."),
            "phrases.index",
            lambda person: can(person, Permission.PHRASE_SHARE),
        ),
    )


def _title_of(place: str) -> str:
    known = places().get(place)
    return known.in_language(language()) if known else place
