"""What this package adds to the application."""

from flask import Flask

from core.i18n import _l
from core.long_work import register_kinds
from dossier.many import KIND
from dossier.views import bp
from partnerships.pages import PartnershipPage, add_to_partnership


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    register_kinds(app, KIND)
    add_to_partnership(app, PartnershipPage(_l("The whole file (ZIP)"), "dossier.whole_file", 800))
