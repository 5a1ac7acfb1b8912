"""The way in."""

from accounts.events import AccountEvent
from accounts.roles import Role
from core.mail_samples import Samples
from office.mails.samples.people import OFFICE, PLACE, Thing, at, link

SAMPLES: Samples = {
    "accounts/mail/invitation": lambda: {
        "actor": OFFICE, "what_for": Role.LEADER.label, "link": link("invitation/xxxx"), "days": 14,
    },
    "accounts/mail/invitation_first": dict,
    "accounts/mail/invitation_ends": lambda: {"until": at(2), "sent_at": at(-12)},
    "accounts/mail/new_password": lambda: {"link": link("new-password/xxxx")},
    "accounts/mail/password_changed": dict,
    "accounts/mail/role_granted": lambda: {"role": Role.ANIMATOR, "actor": OFFICE},
    "accounts/mail/second_step": lambda: {"what": AccountEvent.RECOVERY_CODE_USED.label, "left": 9},
    "accounts/mail/sign_in_link": lambda: {
        "link": link("sign-in/link/xxxx"), "minutes": 15, "duties": [Thing(role=Role.LEADER, place=PLACE)],
    },
}  # fmt: skip
