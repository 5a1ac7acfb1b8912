"""The sentences that hold for every example: the summary is put together from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from programme.data_files import LANGUAGES, ProfileFault, Table, read_toml
from programme.labels import Labels

SUMMARY_WORDS = frozenset(
    {"years", "municipality", "groups", "areas", "trainings", "hours", "places", "lead", "partners"}
)
EVIDENCE_WORDS = frozenset({"year"})


@dataclass(frozen=True)
class Words:
    summary: tuple[Labels, ...]
    evidence: Labels
    """Stands in for the source of another partnership, which is not ours."""


def read_words(text: str, name: str) -> Words:
    table = Table(read_toml(text, name), name, {"summary", "evidence"})
    sentences = tuple(
        Labels({language: Table(one, name, LANGUAGES).text(language) for language in LANGUAGES})
        for one in table.tables("summary")
    )
    evidence = table.labels("evidence")
    faults = [fault for one in sentences for fault in faults_of(one, SUMMARY_WORDS, f"{name}, summary")]
    faults += faults_of(evidence, EVIDENCE_WORDS, f"{name}, evidence")
    if faults:
        raise ProfileFault("\n".join(faults))
    return Words(sentences, evidence)


def faults_of(labels: Labels, known: frozenset[str], where: str) -> list[str]:
    """Words in braces that nobody fills in."""
    faults = []
    for sentence in labels.texts.values():
        try:
            unknown = sorted(_named(sentence) - known)
        except ValueError as error:
            faults.append(f"{where}: {error}")
        else:
            faults += [f"{where}: {{{word}}} must be one of {', '.join(sorted(known))}" for word in unknown]
    return faults


def _named(sentence: str) -> set[str]:
    return {word for _text, word, _form, _how in Formatter().parse(sentence) if word is not None}


def filled_in(sentence: str, words: Mapping[str, str]) -> str:
    """A sentence of which a word is missing says nothing, so it is left out."""
    return sentence.format_map(words) if all(words.get(word) for word in _named(sentence)) else ""
