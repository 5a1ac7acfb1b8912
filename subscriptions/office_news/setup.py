"""What the office's own news add to the application."""

from flask import Flask

from accounts.policy import Permission, can
from core.checked_links import add_links
from core.fact_words import Fact, name_facts
from core.i18n import _l
from core.navigation import OfficeTool, add_to_office
from subscriptions.news import add_news
from subscriptions.office_news.queries import news_of_the_office, places_of_links, shown_links
from subscriptions.office_news.views import bp
from subscriptions.topics import topic_label
from subscriptions.words import polish


def init_office_news(app: Flask) -> None:
    app.register_blueprint(bp)
    add_news(app, news_of_the_office)
    add_links(app, shown_links, places_of_links)
    add_to_office(
        app,
        OfficeTool(
            _l("News of the office"),
            _l("Write short news of your own for those who asked for a topic."),
            "office_news.index",
            lambda person: can(person, Permission.DIGEST_MANAGE),
        ),
    )
    name_facts(
        "office_news",
        topic=Fact(_l("Topic"), topic_label),
        titles=Fact(_l("Title"), polish),
        texts=Fact(_l("Text"), polish),
        url=_l("Link"),
    )
