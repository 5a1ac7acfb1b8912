"""Forms about files of a partnership."""

from core.forms import (
    AT_MOST,
    REQUIRED,
    BaseForm,
    Checkbox,
    InputRequired,
    Length,
    Radio,
    SelectChoice,
    Text,
    TextArea,
    Upload,
)
from core.i18n import _, _l
from partnerships.files.models import FileClass
from programme.queries import the_programme

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx"
ACCEPTED_SIGNATURES = ".xml,.p7s,.asice"
_SHORT = Length(max=200, message=AT_MOST)

WHO_OPENS = {
    FileClass.PARTNERSHIP: _l(
        "Of the partnership: the leader, the deputies, the animator and the programme office open it"
    ),
    FileClass.EVIDENCE: _l(
        "Evidence with personal data, such as a signed list: only the leader, the animator and the programme office open it, "
        "and every opening is written down"
    ),
    FileClass.PUBLIC: _l("Public: everybody who has the address opens it"),
}


class DocumentForm(BaseForm):
    """One document, required."""

    file = Upload(
        _l("File"), validators=[InputRequired(_l("Choose the file to send"))], render_kw={"accept": ACCEPTED}
    )

    @property
    def help(self) -> str:
        return _(
            "PDF, JPEG, PNG or DOCX, up to %(size)s MB.", size=the_programme().settings.attachment_max_mb
        )


class SignatureForm(BaseForm):
    file = Upload(
        _l("Signature"),
        description=_l("The file that the signing program saved beside the document: .xml, .p7s or .asice."),
        validators=[InputRequired(_l("Choose the file to send"))],
        render_kw={"accept": ACCEPTED_SIGNATURES},
    )


class ClassForm(BaseForm):
    title = Text(
        _l("Title"),
        description=_l("As people find it in the list, without names of persons."),
        validators=[InputRequired(REQUIRED), _SHORT],
    )
    file_class = Radio(
        _l("Who opens it"),
        choices=[SelectChoice(one.value, label) for one, label in WHO_OPENS.items()],
        default=FileClass.PARTNERSHIP.value,
        validators=[InputRequired(_l("Choose who opens it"))],
    )


class AddFileForm(ClassForm, DocumentForm):
    pass


class ChangeFileForm(ClassForm):
    sure = Checkbox(_l("No names and no other personal data stand in it"))


class RemoveFileForm(BaseForm):
    reason = TextArea(
        _l("Reason"),
        description=_l("It stays in the history of the partnership."),
        validators=[
            InputRequired(_l("Say why")),
            Length(max=300, message=AT_MOST),
        ],
    )
