"""What can happen to certificates, as the history names it."""

from core.audit import READS, EventKind
from core.i18n import _l


class CertificateEvent(EventKind):
    ISSUED = "certificate.issued", _l("Issued a certificate of attendance")
    REVOKED = "certificate.revoked", _l("Revoked a certificate of attendance")
    TAKEN = "certificate.taken", _l("Took out somebody's certificate of attendance"), READS
