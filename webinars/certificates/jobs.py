"""What happens to certificates by itself."""

from webinars.certificates.services import issue_due


def issue_certificates() -> str:
    return f"{issue_due()} issued"
