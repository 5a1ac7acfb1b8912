"""What somebody wants news of: plain facts, known to forms, services and records alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    topic: str
    region: int | None = None
    """The id of a voivodeship; None: of the whole country, or a topic without regions."""
