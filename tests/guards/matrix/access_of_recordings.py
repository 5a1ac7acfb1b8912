"""Who may open what of recordings: everybody watches and reads, the office publishes; whose answer counts a rule says."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import ANYBODY, SIGNED_IN, Access, on, page
from tests.guards.matrix.people import OFFICE

MANAGE = on("recording", OFFICE)

ACCESS_OF_RECORDINGS: Mapping[str, Access] = {
    "public.webinar_transcript": ANYBODY,
    "recordings.file": ANYBODY,
    "recordings.index": page(OFFICE),
    "recordings.watch": Access(SIGNED_IN, "recording"),
    "recordings.answer": Access(SIGNED_IN, "recording"),
    "recordings.edit": MANAGE,
    "recordings.none": MANAGE,
    "recordings.question": MANAGE,
    "recordings.remove_question": MANAGE,
}
