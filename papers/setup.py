"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from core.fact_words import leave_out_facts
from core.i18n import _l
from core.navigation import OfficeTool, add_to_office
from municipalities.followers import register_follower
from papers import scan_views
from papers.following import PapersFollow
from papers.queries import is_signed_list
from papers.text_views import bp as texts_bp
from partnerships.files.signed_lists import register_signed_lists
from partnerships.pages import PartnershipPage, add_to_partnership

leave_out_facts("scan_id")


def init_app(app: Flask) -> None:
    register_signed_lists(is_signed_list)
    register_follower(PapersFollow())
    app.register_blueprint(scan_views.bp)
    app.register_blueprint(texts_bp)
    add_to_partnership(app, PartnershipPage(_l("Papers to sign"), "papers.of_partnership", 400))
    add_to_office(
        app,
        OfficeTool(
            _l("Texts of the papers"),
            _l("What agreements, declarations, lists and minutes say, in both languages."),
            "paper_texts.index",
            lambda person: can(person, Permission.PAPER_WORDING),
        ),
    )
