"""What this package adds to the application."""

from flask import Flask

from core.i18n import _l
from dossier.views import bp
from partnerships.pages import PartnershipPage, add_to_partnership


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_partnership(app, PartnershipPage(_l("The whole file (ZIP)"), "dossier.whole_file", 800))
