"""Why a file was not taken, each reason with a sentence that says what to do next."""

from enum import StrEnum

from core.errors import DomainError
from core.i18n import LazyString, _l


class Fault(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_KIND = "wrong_kind"
    DOUBLE_ENDING = "double_ending"
    OTHER_CONTENT = "other_content"
    WEB_PAGE = "web_page"
    DAMAGED = "damaged"
    SOMETHING_BEHIND = "something_behind"
    PROTECTED = "protected"
    SCRIPT = "script"
    MACROS = "macros"
    FOREIGN_PART = "foreign_part"
    LIVE_LINK = "live_link"
    BOMB = "bomb"
    PICTURE_TOO_LARGE = "picture_too_large"
    NO_SIGNATURE = "no_signature"


SENTENCES: dict[Fault, LazyString] = {
    Fault.EMPTY: _l("The file is empty. Save the document again and send that."),
    Fault.TOO_LARGE: _l(
        "The file is larger than %(limit)s MB. Scan it with a lower resolution, or save it smaller, and send it again."
    ),
    Fault.WRONG_KIND: _l("This kind of file is not taken. Send one of these: %(kinds)s."),
    Fault.DOUBLE_ENDING: _l(
        "The name of the file has two endings, “%(endings)s”. Give it one that says what it is, and send it again."
    ),
    Fault.OTHER_CONTENT: _l(
        "The file is not what its name says: it is called %(said)s, but its content is something else. "
        "Open the document, save it as %(said)s and send that."
    ),
    Fault.WEB_PAGE: _l(
        "The file is not what its name says: it is called %(said)s, but its content is a web page. "
        "Print the page as PDF and send that."
    ),
    Fault.DAMAGED: _l(
        "The file is damaged or incomplete. Open it in the program it was made with, save it again and send that."
    ),
    Fault.SOMETHING_BEHIND: _l(
        "Another file is hidden inside this one, so it is not taken. Print the document as PDF and send that."
    ),
    Fault.PROTECTED: _l(
        "The file is protected with a password, so nobody could read it later. Save it without one and send it again."
    ),
    Fault.SCRIPT: _l(
        "The document contains a script or starts a program, so it is not taken. Print it as PDF and send that."
    ),
    Fault.MACROS: _l(
        "The document contains macros or embedded objects, so it is not taken. Save it as PDF and send that."
    ),
    Fault.FOREIGN_PART: _l(
        "The document has something in it that does not belong into a text document, so it is not taken. "
        "Save it as PDF and send that."
    ),
    Fault.LIVE_LINK: _l(
        "The document loads a part of itself from the internet, so it is not taken. Save it as PDF and send that."
    ),
    Fault.BOMB: _l(
        "The file unpacks to far more than a document needs, so it is not opened. Save it as PDF and send that."
    ),
    Fault.PICTURE_TOO_LARGE: _l(
        "The picture has more than %(limit)s million dots. Save it smaller and send it again."
    ),
    Fault.NO_SIGNATURE: _l(
        "There is no electronic signature in this file. Send the signature just as the signing program saved it."
    ),
}


class UnacceptableFile(DomainError):
    """Nothing of the file was kept. ``detail`` is for logs and holds no word of the file's content."""

    field = "file"

    def __init__(self, fault: Fault, *, detail: str = "", **named: object) -> None:
        super().__init__(LazyString(lambda: str(SENTENCES[fault]) % named))
        self.fault = fault
        self.detail = detail
