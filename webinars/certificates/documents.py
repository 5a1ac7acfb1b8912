"""A certificate as a tagged PDF (PDF/UA-1), with a code that leads to its public page."""

import io

import segno

from core.formatting import day
from core.i18n import _, language
from core.mail import link_to
from core.printing import Order
from core.records import foldable
from programme.logo_copies import logos_on_paper
from programme.queries import the_programme
from webinars.certificates.models import Certificate
from webinars.certificates.words import how_long

TEMPLATE = "certificate.typ"
QUIET = 2
"""Modules left free around the code; on white paper that is enough."""


def certificate_pdf(certificate: Certificate) -> Order:
    """Not printed yet. It bears the name that the person has today; of a guest who is forgotten only the initials."""
    programme = the_programme()
    data = {
        "language": language(),
        "number": certificate.number,
        "title": _("Certificate of attendance"),
        "author": programme.name,
        "funding": programme.funding_statement,
        "name": foldable(certificate.name or certificate.initials),
        "took_part": _("took part in the webinar"),
        "webinar": foldable(certificate.title),
        "facts": [
            {"label": _("Day"), "text": day(certificate.held_on)},
            {"label": _("Length"), "text": how_long(certificate)},
            {"label": _("Number"), "text": certificate.number},
            {"label": _("Issued on"), "text": day(certificate.issued_at)},
        ],
        "logos": logos_on_paper(),
        "check": _("Anybody can check this certificate: by the code, or by its number and day at"),
        "address": link_to("public.certificate_check", lang=language()),
        "code": {"svg": _code(certificate), "words": _("QR code: the public page of this certificate")},
        "words": {"page": _("Page %(number)s of %(all)s", number="{number}", all="{all}")},
    }
    return Order(TEMPLATE, data, moment=certificate.issued_at)


def _code(certificate: Certificate) -> str:
    out = io.BytesIO()
    address = link_to("public.certificate", lang=language(), token=certificate.token)
    made = segno.make(address, error="m", micro=False)
    made.save(out, kind="svg", border=QUIET, xmldecl=False, dark="#24211d", light=None)
    return out.getvalue().decode()
