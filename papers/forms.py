"""Forms about papers to sign."""

from collections.abc import Mapping, Sequence

from core.forms import (
    AT_MOST,
    REQUIRED,
    BaseForm,
    Checkbox,
    Choice,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    TextArea,
    Upload,
    Uploads,
)
from core.i18n import _, _l
from papers.markup import MOST_LETTERS
from papers.models import Paper
from papers.subjects import Choice as About
from papers.subjects import label_of
from partnerships.files.models import Attachment
from programme.queries import the_programme

ACCEPTED = "image/*,application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png,.docx"
"""A phone offers its camera, its pictures and its files. It changes a picture of its own kind into one that is named."""


class MakeForm(BaseForm):
    """For a kind that is about something of which there may be several."""

    about = Radio(_l("About"), coerce=int, validators=[InputRequired(_l("Choose what the paper is about."))])

    def offer(self, choices: Sequence[About], label: str) -> None:
        self.about.label.text = label
        self.about.choices = [SelectChoice(one.id, one.label) for one in choices]


class AgainForm(BaseForm):
    """For a kind that each use takes a paper of."""

    another = Checkbox(_l("Make another one"))


class _FileForm(BaseForm):
    file = Upload(
        _l("Signed scan"),
        validators=[InputRequired(_l("Choose the file to send"))],
        render_kw={"accept": ACCEPTED},
    )

    @property
    def help(self) -> str:
        return _(
            "A scan or a photo of every page: PDF, JPEG, PNG or DOCX, up to %(size)s MB. A document signed "
            "electronically goes here just as it is.",
            size=the_programme().settings.attachment_max_mb,
        )


class ScanForm(_FileForm):
    """On the page of a paper."""

    sure = Checkbox(_l("This is the right file, whatever number it carries"))


class AnyScanForm(_FileForm):
    """For files that say themselves which paper they are, or a paper that somebody chooses."""

    file = Uploads(
        _l("Signed scans"),
        validators=[InputRequired(_l("Choose the file to send"))],
        render_kw={"accept": ACCEPTED},
    )

    paper = Choice(_l("Paper"), coerce=int, validators=[Optional()])

    def offer(self, papers: Sequence[Paper]) -> None:
        by_number = SelectChoice(0, _("As the code on it says"))
        self.paper.choices = [by_number, *(SelectChoice(one.id, _said(one)) for one in papers)]


def waiting_form(scans: Mapping[Attachment, Sequence[Paper]]) -> BaseForm:
    """A field for each scan that waits for its paper, with the papers that it may be put to."""
    fields = {
        f"paper_{scan.id}": Choice(
            _("Paper of %(file)s", file=scan.file_name),
            coerce=int,
            choices=[SelectChoice(0, _("Not now")), *(SelectChoice(one.id, _said(one)) for one in papers)],
            validators=[Optional()],
        )
        for scan, papers in scans.items()
    }
    form: type[BaseForm] = type("WaitingForm", (BaseForm,), fields)
    return form()


def paper_of(form: BaseForm, scan: Attachment) -> int | None:
    """Which paper was chosen for it."""
    chosen: int | None = form[f"paper_{scan.id}"].data
    return chosen


class TextForm(BaseForm):
    body = TextArea(
        _l("Text"),
        validators=[
            InputRequired(REQUIRED),
            Length(max=MOST_LETTERS, message=AT_MOST),
        ],
        render_kw={"rows": 28, "spellcheck": "true"},
    )


def _said(paper: Paper) -> str:
    about = label_of(paper.about)
    return f"{paper.label}: {about}" if about else paper.label
