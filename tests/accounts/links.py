"""The person who asks for a link to sign in, and where the link stands in the mail."""

from core.mail import OutboxMail
from tests.support.reading import found

PASSWORD = "wrona lubi zielony herbatnik"
EMAIL = "ewa@gromada.example"


def link_in(mail: OutboxMail) -> str:
    return found(r"http://localhost(/sign-in/link/\S+)", mail.body)
