"""Forms about webinars and their series."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from accounts.forms import choices_of
from core import clock
from core.forms import (
    AT_MOST,
    NO_DAY,
    NO_TIME,
    REQUIRED,
    BaseForm,
    Checkbox,
    Choice,
    Choices,
    Day,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    Text,
    TextArea,
    TimeOfDay,
    Upload,
    WholeNumber,
)
from core.help_links import help_topics
from core.i18n import _, _l
from core.local_times import moment_of
from core.uploads import SentFile, sent_file
from webinars.models import Webinar, WebinarForm, WebinarSeries
from webinars.services import Content, SeriesContent

USUAL_MINUTES = 90
NOON = time(12)
AN_ADDRESS = {"type": "url", "inputmode": "url", "autocomplete": "off"}


class HeldAs(Radio):
    must_choose = True


class WebinarEditForm(BaseForm):
    """Everything about one webinar. Once it is announced, its time is moved on a page of its own."""

    title = Text(_l("Title"), validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)])
    series_id = Choice(_l("Series"), validators=[Optional()])
    day = Day(_l("Day"), validators=[InputRequired(NO_DAY)])
    time = TimeOfDay(_l("Begins at"), validators=[InputRequired(NO_TIME)])
    minutes = WholeNumber(_l("Length in minutes"), validators=[InputRequired(REQUIRED)])
    abstract = TextArea(
        _l("What it is about"),
        description=_l("A few sentences: what people learn, and for whom it is."),
        validators=[Optional(), Length(max=5000, message=AT_MOST)],
    )
    presenters = Text(
        _l("Who leads it"),
        description=_l("Everybody reads the names: enter them with the people's consent."),
        validators=[Optional(), Length(max=300, message=AT_MOST)],
    )
    co_organisers = Text(
        _l("Organised together with"), validators=[Optional(), Length(max=300, message=AT_MOST)]
    )
    form = HeldAs(_l("How it is held"))
    place = Text(
        _l("Place"),
        description=_l("For a meeting on site: the building and the address."),
        validators=[Optional(), Length(max=200, message=AT_MOST)],
    )
    join_link = Text(
        _l("Link to join"),
        description=_l("Only those registered and the office see it."),
        validators=[Optional(), Length(max=500, message=AT_MOST)],
        render_kw=AN_ADDRESS,
    )
    capacity = WholeNumber(_l("Seats"), description=_l("Empty: as many as come."), validators=[Optional()])
    is_outside = Checkbox(_l("An event of others: it is only shown here, people register with its organiser"))
    outside_link = Text(
        _l("Page of its organiser"),
        validators=[Optional(), Length(max=500, message=AT_MOST)],
        render_kw=AN_ADDRESS,
    )
    explains = Choices(
        _l("Helps with"),
        description=_l("Whoever writes this part of a plan is shown this webinar, and later its recording."),
        validators=[Optional()],
    )

    def offer(self, series: Sequence[WebinarSeries], webinar: Webinar | None) -> None:
        """What there is to choose from; what it has stays to be chosen, also where a new one could not have it."""
        own = [webinar.series] if webinar and webinar.series and webinar.series not in series else []
        self.series_id.choices = [
            SelectChoice("", _("None")),
            *(SelectChoice(str(one.id), one.name) for one in [*own, *series]),
        ]
        self.form.choices = choices_of(WebinarForm)
        topics = help_topics()
        former = [topic for topic in (webinar.explains if webinar else []) if topic not in topics]
        self.explains.choices = [
            *(SelectChoice(topic, title) for topic, title in topics.items()),
            *(SelectChoice(topic, topic) for topic in former),
        ]

    def keep_time(self) -> None:
        """It is announced."""
        del self.day
        del self.time

    def content(self, webinar: Webinar | None) -> Content:
        return Content(
            title=self.title.data or "",
            starts_at=self._starts_at(webinar),
            minutes=self.minutes.data,
            series_id=int(self.series_id.data) if self.series_id.data else None,
            abstract=self.abstract.data or "",
            presenters=self.presenters.data or "",
            co_organisers=self.co_organisers.data or "",
            form=WebinarForm(self.form.data),
            place=self.place.data or "",
            join_link=self.join_link.data or None,
            capacity=self.capacity.data,
            is_outside=bool(self.is_outside.data),
            outside_link=self.outside_link.data or None,
            explains=tuple(self.explains.data or ()),
        )

    def _starts_at(self, webinar: Webinar | None) -> datetime:
        if "day" not in self and webinar is not None:
            return webinar.starts_at
        return moment_of(self.day.data or clock.today(), self.time.data or NOON)

    @classmethod
    def of(cls, webinar: Webinar | None) -> "WebinarEditForm":
        if webinar is None:
            return cls(minutes=USUAL_MINUTES, form=WebinarForm.ONLINE.value)
        begins = clock.local(webinar.starts_at)
        return cls(
            **{name: getattr(webinar, name) for name in _AS_KEPT},
            series_id=str(webinar.series_id or ""),
            form=webinar.form.value,
            day=begins.date(),
            time=begins.time(),
        )


_AS_KEPT = (
    "title", "minutes", "abstract", "presenters", "co_organisers", "place", "join_link", "capacity", "is_outside",
    "outside_link", "explains",
)  # fmt: skip


class AnnounceForm(BaseForm):
    short_notice_reason = TextArea(
        _l("Why so late"),
        description=_l("The office's figures show it."),
        validators=[Optional(), Length(max=300, message=AT_MOST)],
    )


class MaterialForm(BaseForm):
    title = Text(_l("Title"), validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)])
    link = Text(
        _l("Web address"),
        validators=[Optional(), Length(max=500, message=AT_MOST)],
        render_kw=AN_ADDRESS,
    )
    file = Upload(
        _l("Or a file"),
        validators=[Optional()],
        description=_l("PDF, JPEG, PNG or DOCX, up to 10 MB. Everybody can download it."),
    )

    @property
    def sent_file(self) -> SentFile | None:
        return sent_file(self.file)


class SeriesForm(BaseForm):
    name = Text(_l("Name"), validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)])
    description = TextArea(_l("What it is about"), validators=[Optional(), Length(max=2000, message=AT_MOST)])
    introduction_id = Choice(
        _l("To begin with"),
        description=_l("This webinar stands first, for those who are new."),
        validators=[Optional()],
    )
    position = WholeNumber(
        _l("Place among the series"), description=_l("1 stands first."), validators=[Optional()]
    )
    min_minutes = WholeNumber(
        _l("Minutes to be there for"),
        description=_l("Whoever was there for less has not taken part. 0: being there is enough."),
        validators=[InputRequired(REQUIRED)],
    )
    recording_counts = Checkbox(_l("Watching the recording and answering one question counts as taking part"))

    def offer(self, webinars: Sequence[Webinar]) -> None:
        self.introduction_id.choices = [
            SelectChoice("", _("None")),
            *(SelectChoice(str(one.id), one.title) for one in webinars),
        ]

    def content(self) -> SeriesContent:
        return SeriesContent(
            name=self.name.data or "",
            description=self.description.data or "",
            position=max(0, min(self.position.data or 0, 1000)),
            min_minutes=self.min_minutes.data if self.min_minutes.data is not None else 0,
            recording_counts=bool(self.recording_counts.data),
            introduction_id=int(self.introduction_id.data) if self.introduction_id.data else None,
        )

    @classmethod
    def of(cls, series: WebinarSeries | None, *, recording_counts: bool = True) -> "SeriesForm":
        if series is None:
            return cls(position=1, min_minutes=0, recording_counts=recording_counts)
        names = ("name", "description", "position", "min_minutes", "recording_counts")
        values: dict[str, Any] = {name: getattr(series, name) for name in names}
        return cls(**values, introduction_id=str(series.introduction_id or ""))


class PeriodForm(BaseForm):
    """Read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    first = Day(_l("From"), validators=[Optional()])
    last = Day(_l("To"), validators=[Optional()])

    def days(self) -> tuple[date, date]:
        """The year so far and to come, where nothing else was asked for."""
        today = clock.today()
        first = self.first.data or date(today.year, 1, 1)
        return first, max(first, self.last.data or date(first.year, 12, 31))
