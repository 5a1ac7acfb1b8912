"""Files that are evidence whatever anybody says: each package tells of its own."""

from collections.abc import Callable

from partnerships.files.models import Attachment

SignedListSource = Callable[[Attachment], bool]
"""Whether this file names people by what it is, such as the signed scan of an attendance list."""

_sources: list[SignedListSource] = []


def register_signed_lists(source: SignedListSource) -> None:
    """A package to the left knows what a file is the scan of."""
    if source not in _sources:
        _sources.append(source)


def is_signed_list(attachment: Attachment) -> bool:
    return any(source(attachment) for source in _sources)
