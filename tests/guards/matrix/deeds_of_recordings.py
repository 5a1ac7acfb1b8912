"""What is done with recordings, each deed once as it works."""

from collections.abc import Mapping

from tests.guards.matrix.deed import Deed

RECORDING = {
    "url": "https://films.example/new", "minutes": "75", "captions": "in_video", "transcript": "Dzień dobry.",
    "without_materials": "y",
}  # fmt: skip
NONE = {"none_reason": "Awaria", "substitute": "Slajdy", "substitute_link": "https://slides.example/"}
QUESTION = {
    "text": "Co było na początku?", "answer_1": "Powitanie", "answer_2": "Pytania", "answer_3": "", "answer_4": "",
    "right_answer": "0",
}  # fmt: skip

DEEDS_OF_RECORDINGS: Mapping[str, Deed] = {
    "recordings.edit": Deed("office", "recording", "owed", RECORDING),
    "recordings.none": Deed("office", "recording", "owed", NONE),
    "recordings.question": Deed("office", "recording", "asked", QUESTION),
    "recordings.remove_question": Deed("office", "recording", "asked"),
    "recordings.answer": Deed("leader", "recording", "asked", {"answer": "1"}),
}
