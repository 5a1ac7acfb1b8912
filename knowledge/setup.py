"""What this package adds to the application."""

from functools import partial

from flask import Flask

from accounts.policy import Permission, can
from core.checked_links import add_links
from core.fact_words import Fact, name_facts
from core.help_links import add_help
from core.i18n import _, _l
from core.jobs import Job, daily_at, register
from core.mail_samples import add_mail_samples
from core.navigation import OfficeTool, add_to_office
from core.retention import RetentionRule, register_retention
from knowledge import jobs
from knowledge.explaining import help_from_catalogue
from knowledge.mail_samples import SAMPLES
from knowledge.models import OfferState, PriceKind, ProviderStatus
from knowledge.news import news_of_offers
from knowledge.queries import count_overdue_contacts, places_of_links, shown_links
from knowledge.views import bp
from knowledge.words import audience_said, languages_said, said_of
from subscriptions.news import add_news

name_facts(
    "catalogue_item",
    title=_l("Name of the offer"),
    summary=_l("What it offers"),
    provider=_l("Provider"),
    provider_website=_l("Website of the provider"),
    provider_status=Fact(
        _l("What the provider is to the programme"), lambda code: str(ProviderStatus(code).label)
    ),
    digcomp_areas=Fact(_l("Digital skills"), partial(said_of, "digcomp_areas")),
    life_areas=Fact(_l("Areas of life"), partial(said_of, "life_areas")),
    audience=Fact(_l("For whom"), audience_said),
    languages=Fact(_l("Languages"), languages_said),
    price_kind=Fact(_l("Price"), lambda code: str(PriceKind(code).label)),
    url=_l("Page of the offer"),
    state=Fact(_l("Status"), lambda code: str(OfferState(code).label)),
    checked_on=_l("Checked on"),
)


def init_app(app: Flask) -> None:
    """What others offer: suggested or entered, looked through, published, checked again."""
    app.register_blueprint(bp)
    add_news(app, news_of_offers)
    add_links(app, shown_links, places_of_links)
    add_help(app, help_from_catalogue)
    add_mail_samples(app, SAMPLES)
    add_to_office(
        app,
        OfficeTool(
            _l("Catalogue of offers"),
            _l("Look suggestions through, publish offers of trainings and materials, check old ones again."),
            "offers.index",
            lambda person: can(person, Permission.CATALOGUE_MANAGE),
        ),
    )
    _register_jobs(app)


def _register_jobs(app: Flask) -> None:
    register(
        app,
        Job(
            "offers.out_of_date",
            jobs.go_out_of_date,
            daily_at(4, 20),
            does=_l("Takes offers out of the catalogue that nobody has checked for too long."),
        ),
        Job(
            "offers.remind",
            jobs.remind_office,
            daily_at(7, 35),
            does=_l("Reminds the office of suggested offers, and once a month of those to be checked."),
        ),
        Job(
            "offers.forget",
            jobs.forget_contacts,
            daily_at(3, 55),
            does=_l("Deletes addresses for questions about suggestions that nobody decided for 90 days."),
        ),
    )
    register_retention(
        app,
        RetentionRule(
            "offers.forget",
            _l("Addresses of providers who suggested an offer"),
            lambda: _("Until the office has decided, and 90 days at most."),
            _l("To ask what is unclear about the offer."),
            _l("Deleted"),
            "offers.forget",
            count_overdue_contacts,
        ),
    )
