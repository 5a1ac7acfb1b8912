"""A certificate in words."""

from core.i18n import _, ngettext
from webinars.certificates.models import Certificate


def how_long(certificate: Certificate) -> str:
    if certificate.by_recording:
        return _("The recording, watched")
    if certificate.minutes is None:
        return _("Took part")
    return ngettext("%(num)d minute", "%(num)d minutes", certificate.minutes)
