"""What this package adds to the application."""

from flask import Flask

from accounts.policy import Permission, can
from core.i18n import _l
from core.navigation import MenuEntry, add_to_menu
from municipalities.followers import register_follower
from partnerships.handovers.open_work import register_open_work
from plans.following import PlansFollow
from plans.open_work import open_plans
from plans.views import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    register_open_work(open_plans)
    register_follower(PlansFollow())
    add_to_menu(
        app, MenuEntry(_l("Reviews"), "plans.waiting", lambda person: can(person, Permission.REVIEW_LIST))
    )
