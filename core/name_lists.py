"""How many people a text names one after the other: full names, surnames first, initials, in any usual separation."""

import re

from core.first_names import FIRST_NAMES

NAMES_MAKE_A_LIST = 3
SHORTEST_NAME_LIST = 20
LONGEST_ITEM = 60

_UPPER = "A-ZĄĆĘŁŃÓŚŹŻ"
_WORD = re.compile(r"\w+")
_INITIAL = re.compile(rf"(?<![\w'’-])[{_UPPER}]\.")
_CAPITALISED_RUN = re.compile(rf"(?<![\w'’-])[{_UPPER}][\w'’-]+(?:[ \t]+[{_UPPER}][\w'’-]+)+")
_BETWEEN_ITEMS = re.compile(
    r"[,;\n\t|•·*/]|:\s|(?<!\d)\d{1,3}[.)]|\s?[–—]\s?|\s-\s|\s(?:i|oraz|and|a także|wraz z)\s", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_TITLE = re.compile(
    r"^(?:(?:(?i:mgr|inż|dr|hab|prof|lek|med|ks|dh|druh|druhna|pan|pani|panowie|panie|sołtys|radny|radna)|p)\b\.?\s*)+"
)
_PATRON = re.compile(
    r"\b(?i:im|imienia|św|świętego|świętej|ul|ulica|ulicy|al|aleja|pl|plac|os|osiedle|rondo)\b\.?"
    r"(?:\s+(?:św|bł|ks|gen|płk|mjr|kpt|prof|dr|bp)\.)*"
    rf"(?:\s+(?:[{_UPPER}][\w'’-]*\.?|i(?=\s[{_UPPER}])))+"
)
"""A street, a school or a saint bears a name without being a person here."""
_JOINED_INITIAL = re.compile(rf"(?<![\w'’-])([{_UPPER}]\.)(?=[{_UPPER}])")
_OF_A_STREET = re.compile(r"(?:ego|iej|ckiej|wicza|czyka)$")
"""Initials before a surname in the genitive: J. Słowackiego, M. Skłodowskiej. Authors of works stand like that too."""


def names_listed(text: str) -> int:
    """By runs of capitalised words, or by the items of a list."""
    known = sum(map(FIRST_NAMES.__contains__, _WORD.findall(text.casefold())))
    if known < NAMES_MAKE_A_LIST:
        wanted = NAMES_MAKE_A_LIST - known
        if text.count(".") < wanted or len(_INITIAL.findall(text)) < wanted:
            return 0
    text = _JOINED_INITIAL.sub(r"\1 ", _PATRON.sub(" ", text))
    in_runs = sum(_names_in(run.group().split()) for run in _CAPITALISED_RUN.finditer(text))
    if in_runs >= NAMES_MAKE_A_LIST:
        return in_runs
    items = [item for item in _BETWEEN_ITEMS.split(text) if item and len(item) < LONGEST_ITEM]
    if len(items) < NAMES_MAKE_A_LIST:
        return in_runs
    return max(in_runs, _people_among([_words_of(item) for item in items]))


def is_full_name(text: str) -> bool:
    """The whole text is a first name and a surname, and nothing else."""
    words = _TITLE.sub("", text.strip()).split()
    if not 2 <= len(words) <= 3 or not all(word[0].isupper() and _is_word(word) for word in words):
        return False
    return any(word.casefold() in FIRST_NAMES for word in words)


def _names_in(words: list[str]) -> int:
    known = sum(word.casefold() in FIRST_NAMES for word in words)
    return min(known, len(words) // 2)


def _people_among(items: list[list[str]]) -> int:
    """Names that are not common are known by their company: among people, two capitalised words are one more."""
    people = [words for words in items if _is_name(words) or _has_initial(words)]
    if len(people) < NAMES_MAKE_A_LIST - 1:
        return len(people)
    others = sum(_looks_like_a_name(words) for words in items if words not in people)
    return len(people) + others if others < len(people) else len(people)


def _words_of(item: str) -> list[str]:
    return _TITLE.sub("", _IN_BRACKETS.sub(" ", item).strip(" .:-–")).split()


def _is_name(words: list[str]) -> bool:
    return (
        2 <= len(words) <= 3
        and any(word.casefold() in FIRST_NAMES for word in words)
        and all(map(_is_word, words))
    )


def _has_initial(words: list[str]) -> bool:
    """``J. Kowalski``, ``Kowalski J.``, ``Anna K``."""
    if not 2 <= len(words) <= 3 or not all(word[0].isupper() and _is_word(word) for word in words):
        return False
    letters = [word.rstrip(".") for word in words]
    full = [word for word in letters if len(word) > 2]
    return (
        len(full) == 1
        and all(len(word) == 1 for word in letters if word not in full)
        and not (_OF_A_STREET.search(full[0]))
    )


def _looks_like_a_name(words: list[str]) -> bool:
    return len(words) == 2 and all(
        len(word) > 2 and word[0].isupper() and word[1:].replace("-", "").isalpha() for word in words
    )


def _is_word(word: str) -> bool:
    return word.replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha()
