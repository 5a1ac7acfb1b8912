"""What this package adds to the application."""

from flask import Flask

from core.fact_words import Fact, name_facts
from core.i18n import _l
from partnerships.pages import PartnershipPage, add_to_partnership
from tasks.views import bp
from tasks.words import task_label

name_facts(task=Fact(_l("Minimum task"), task_label))


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_partnership(app, PartnershipPage(_l("Minimum tasks"), "tasks.of_partnership", 50))
