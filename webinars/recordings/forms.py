"""Forms about recordings."""

from core.forms import (
    AT_MOST,
    REQUIRED,
    BaseForm,
    Checkbox,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    Text,
    TextArea,
    Upload,
    WholeNumber,
)
from core.i18n import _l
from core.uploads import sent_file
from webinars.forms import AN_ADDRESS
from webinars.recordings.models import Captions, Recording, RecordingQuestion
from webinars.recordings.services import MOST_ANSWERS, Published

LONGEST_TRANSCRIPT = 150_000
"""Some four hours of talking."""


class Required(Radio):
    must_choose = True


class RecordingForm(BaseForm):
    url = Text(
        _l("Where people watch it"),
        description=_l("The whole address, such as that of the film on YouTube."),
        validators=[InputRequired(REQUIRED), Length(max=500, message=AT_MOST)],
        render_kw=AN_ADDRESS,
    )
    minutes = WholeNumber(_l("Length in minutes"), validators=[Optional()])
    captions = Required(
        _l("Captions"),
        description=_l("Captions or a transcript: one of the two is needed, so that everybody can follow."),
        choices=[SelectChoice(one.value, one.label) for one in Captions],
        validators=[InputRequired(REQUIRED)],
    )
    captions_file = Upload(
        _l("File with the captions"),
        description=_l("VTT or SRT, up to 2 MB. People can read it as a page as well."),
        validators=[Optional()],
    )
    transcript = TextArea(
        _l("Transcript"),
        description=_l("What was said, as text. It gets a page of its own."),
        validators=[Optional(), Length(max=LONGEST_TRANSCRIPT, message=AT_MOST)],
    )
    transcript_file = Upload(
        _l("Or the transcript as a file"),
        description=_l("PDF or DOCX, up to 10 MB. A text above is easier to read for everybody."),
        validators=[Optional()],
    )
    drops_transcript_file = Checkbox(_l("Remove the file with the transcript"))
    without_materials = Checkbox(_l("There were no slides or other materials"))

    def content(self) -> Published:
        return Published(
            url=self.url.data or None,
            minutes=self.minutes.data,
            captions=Captions(self.captions.data),
            captions_file=sent_file(self.captions_file),
            transcript=self.transcript.data or "",
            transcript_file=sent_file(self.transcript_file),
            drops_transcript_file="drops_transcript_file" in self and bool(self.drops_transcript_file.data),
            without_materials=bool(self.without_materials.data),
        )

    @classmethod
    def of(cls, recording: Recording) -> "RecordingForm":
        form = cls(
            url=recording.url,
            minutes=recording.minutes,
            captions=recording.captions.value,
            transcript=recording.transcript,
            without_materials=recording.without_materials,
        )
        if recording.transcript_file_id is None:
            del form.drops_transcript_file
        return form


class NoneForm(BaseForm):
    none_reason = TextArea(
        _l("Why there is no recording"),
        description=_l("Everybody reads it."),
        validators=[InputRequired(REQUIRED), Length(max=500, message=AT_MOST)],
    )
    substitute = TextArea(
        _l("What there is instead"),
        description=_l("Such as the slides, an article, or the same topic in another webinar."),
        validators=[Optional(), Length(max=1000, message=AT_MOST)],
    )
    substitute_link = Text(
        _l("Link to it"), validators=[Optional(), Length(max=500, message=AT_MOST)], render_kw=AN_ADDRESS
    )


class QuestionForm(BaseForm):
    text = Text(
        _l("Question"),
        description=_l("Easy for whoever watched: it is no exam."),
        validators=[InputRequired(REQUIRED), Length(max=300, message=AT_MOST)],
    )
    answer_1 = Text(
        _l("First answer"), validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)]
    )
    answer_2 = Text(
        _l("Second answer"), validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)]
    )
    answer_3 = Text(_l("Third answer"), validators=[Optional(), Length(max=200, message=AT_MOST)])
    answer_4 = Text(_l("Fourth answer"), validators=[Optional(), Length(max=200, message=AT_MOST)])
    right_answer = Required(
        _l("Which one is right"),
        choices=[
            SelectChoice("0", _l("The first")),
            SelectChoice("1", _l("The second")),
            SelectChoice("2", _l("The third")),
            SelectChoice("3", _l("The fourth")),
        ],
        validators=[InputRequired(REQUIRED)],
    )

    def answers(self) -> list[str]:
        fields = (self.answer_1, self.answer_2, self.answer_3, self.answer_4)
        return [field.data or "" for field in fields]

    @classmethod
    def of(cls, question: RecordingQuestion | None) -> "QuestionForm":
        if question is None:
            return cls()
        answers = [*question.answers, *[""] * (MOST_ANSWERS - len(question.answers))]
        return cls(
            text=question.text,
            right_answer=str(question.right_answer),
            **{f"answer_{number}": answer for number, answer in enumerate(answers, start=1)},
        )


class AnswerForm(BaseForm):
    """Its label is the question, its choices the answers."""

    answer = Required(_l("Your answer"), validators=[InputRequired(_l("Choose one of the answers."))])

    @classmethod
    def to(cls, question: RecordingQuestion) -> "AnswerForm":
        form = cls()
        form.answer.label.text = question.text
        form.answer.choices = [
            SelectChoice(str(number), answer) for number, answer in enumerate(question.answers)
        ]
        return form
