"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from core.fact_words import leave_out_facts, name_facts
from core.i18n import _l
from core.navigation import OfficeTool, add_to_office
from handbooks.following import HandbooksFollow
from handbooks.views import bp
from municipalities.followers import register_follower
from partnerships.pages import PartnershipPage, add_to_partnership

name_facts(
    "handbook_edition",
    title=_l("Title"),
    edition=_l("Edition"),
    published_on=_l("Published on"),
    is_current=_l("Current edition"),
)
name_facts(
    "handbook_issue",
    edition=_l("Edition"),
    sent_on=_l("Sent on"),
    sent_count=_l("Copies sent"),
    confirmed_on=_l("Arrived on"),
    confirmed_count=_l("Copies that arrived"),
)
leave_out_facts("file_hash")


def init_app(app: Flask) -> None:
    register_follower(HandbooksFollow())
    app.register_blueprint(bp)
    add_to_partnership(app, PartnershipPage(_l("Handbooks"), "handbooks.of_partnership", 500))
    add_to_office(
        app,
        OfficeTool(
            _l("Handbooks"),
            _l(
                "Who got how many copies, who is short of some, and the editions with their electronic version."
            ),
            "handbooks.index",
            lambda person: can(person, Permission.HANDBOOK_MANAGE),
        ),
    )
