"""Deeds on the animators' side: phrases, hours, visits, advice and work cards."""

from collections.abc import Mapping

from tests.guards.matrix.deed import Deed

DEEDS_OF_ANIMATORS: Mapping[str, Deed] = {
    "phrases.add": Deed(
        "office",
        fields={
            "kind": "remark",
            "title": "Źródło",
            "text": "Proszę dopisać źródło",
            "place": "needs",
            "shared": "y",
        },
    ),
    "phrases.change": Deed(
        "animator",
        "phrase",
        "aphrase",
        {"kind": "report", "title": "Początek", "text": "Omówiono plan", "place": ""},
    ),
    "phrases.put_away": Deed("animator", "phrase", "aphrase"),
    "phrases.bring_back": Deed("animator", "phrase", "aphrase away"),
}
