"""Made-up contents of all mails: people and places that do not exist."""

from core.mail_samples import Samples
from office.mails.samples import accounts, animators, consultations, partnerships, plans, rest

ALL: Samples = {
    **accounts.SAMPLES, **animators.SAMPLES, **consultations.SAMPLES, **partnerships.SAMPLES, **plans.SAMPLES,
    **rest.SAMPLES,
}  # fmt: skip
