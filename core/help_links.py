"""What explains a thing: each package names its own explanations, and the place that needs one shows them.

A webinar about needs says so once; the form where needs are written then leads to it, or to its recording.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from flask import Flask, current_app

_KEY = "gromada_help_links"
_TOPICS = "gromada_help_topics"


@dataclass(frozen=True)
class HelpLink:
    title: str
    url: str
    kind: str
    """What it is, in a few words of the reader's language: ``Webinar on 12 June``, ``Recording, 40 min``."""


Source = Callable[[str], Iterable[HelpLink]]
"""Asked for a topic, such as ``plan.needs``: the key of a sheet after the word plan. Best first."""


def add_help(app: Flask, source: Source) -> None:
    app.extensions.setdefault(_KEY, []).append(source)


def help_for(topic: str) -> Sequence[HelpLink]:
    sources: list[Source] = current_app.extensions.get(_KEY, [])
    return list(chain.from_iterable(source(topic) for source in sources))


Topics = Callable[[], Mapping[str, str]]
"""Each topic with what it is called in the reader's language, in the order in which people come to them."""


def name_help_topics(app: Flask, topics: Topics) -> None:
    """Whoever asks for help says what can be asked: it is offered to whoever writes what explains."""
    app.extensions.setdefault(_TOPICS, []).append(topics)


def help_topics() -> dict[str, str]:
    named: list[Topics] = current_app.extensions.get(_TOPICS, [])
    return {topic: title for topics in named for topic, title in topics().items()}
