"""The form of a letter."""

from core.forms import (
    AT_MOST,
    REQUIRED,
    BaseForm,
    Choices,
    InputRequired,
    Length,
    Optional,
    Text,
    TextArea,
    Upload,
)
from core.i18n import _l
from core.uploads import SentFile, sent_file


class LetterForm(BaseForm):
    subject = Text(_l("Subject"), validators=[InputRequired(REQUIRED), Length(max=150, message=AT_MOST)])
    body = TextArea(
        _l("Text"),
        description=_l("An empty line begins a new paragraph. Lines that begin with a dash become a list."),
        validators=[InputRequired(REQUIRED), Length(max=8000, message=AT_MOST)],
    )
    file_1 = Upload(
        _l("File"),
        description=_l("PDF, DOCX, JPEG or PNG, at most 5 MB. It goes along with every mail."),
        validators=[Optional()],
    )
    file_2 = Upload(_l("Second file"), validators=[Optional()])
    file_3 = Upload(_l("Third file"), validators=[Optional()])

    @property
    def sent_files(self) -> list[SentFile]:
        found = (sent_file(field) for field in (self.file_1, self.file_2, self.file_3))
        return [one for one in found if one is not None]


class ChangeLetterForm(LetterForm):
    removed = Choices(_l("Files that no longer go along"), coerce=int)
