"""Made-up contents of all mails: people and places that do not exist."""

from core.mail_samples import Samples
from office.mails.samples import (
    accounts,
    animators,
    board,
    consultations,
    long_work,
    partnerships,
    plans,
    reports,
    rest,
    webinars,
)

ALL: Samples = {
    **accounts.SAMPLES, **animators.SAMPLES, **board.SAMPLES, **consultations.SAMPLES, **long_work.SAMPLES,
    **partnerships.SAMPLES, **plans.SAMPLES,
    **reports.SAMPLES, **rest.SAMPLES, **webinars.SAMPLES,
}  # fmt: skip
