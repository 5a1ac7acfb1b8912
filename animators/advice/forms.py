"""Forms about remote advice. Whoever fills one in holds a telephone in the other hand: few taps, little typing."""

import secrets
from collections.abc import Sequence
from typing import Any

from animators.advice.models import REMOTE_CHANNELS
from animators.advice.services.checks import TOPICS
from animators.advice.services.logging import Talk
from animators.advice.services.outside import OutsideTalk
from animators.advice.services.requests import Question
from animators.consultations.models import Channel
from animators.hours.forms import HoursForm
from animators.hours.minutes import MOST, MinutesField
from core import clock
from core.forms import (
    AT_MOST,
    NO_DAY,
    REQUIRED,
    BaseForm,
    Choice,
    Choices,
    Day,
    Hidden,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    Text,
    TextArea,
)
from core.i18n import _l
from partnerships.words import kept, listed_choices
from phrases.forms import WithPhrases

QUICK = (10, 15, 20, 30, 45, 60)
"""Minutes to choose with one tap."""


def _number(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() and len(str(value)) < 10 else None


class KeyedForm(BaseForm):
    """Carries a key of its own: sent twice, what it says is entered once."""

    key = Hidden(validators=[Length(max=40)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.key.data:
            self.renew_key()

    def renew_key(self) -> None:
        self.key.data = secrets.token_hex(16)


class HowLong(BaseForm):
    """Minutes by one tap, or any other number typed: what was typed counts."""

    quick = Radio(
        _l("How long"), choices=[SelectChoice(str(one), str(one)) for one in QUICK], validators=[Optional()]
    )
    minutes = MinutesField(_l("Another length in minutes"), validators=[Optional()])

    def suggest_minutes(self, minutes: int) -> None:
        """Tapped already, so that any other tap takes its place: what stands typed in the field would count before it."""
        if not 0 < minutes <= MOST:
            return
        offered = sorted({*QUICK, minutes})
        self.quick.choices = [SelectChoice(str(one), str(one)) for one in offered]
        if not self.is_submitted():
            self.quick.data = str(minutes)

    def chosen_minutes(self) -> int | None:
        typed: int | None = self.minutes.data
        tapped: int | None = _number(self.quick.data)
        return typed if typed is not None else tapped


class AboutTalk(KeyedForm, HowLong):
    """What every talk has: how long, by what way, about what, when."""

    channel = Radio(_l("Channel"), validators=[InputRequired(REQUIRED)])
    topics = Choices(_l("Topics"), validators=[InputRequired(_l("Choose at least one topic"))])
    day = Day(_l("Day"), validators=[InputRequired(NO_DAY)])
    summary = TextArea(
        _l("Note"),
        validators=[Optional(), Length(max=2000, message=AT_MOST)],
        description=_l("The partnership reads it. Without names of people."),
    )
    late_reason = Text(
        _l("Why it is logged so late"), validators=[Optional(), Length(max=300, message=AT_MOST)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel.choices = [(str(one), str(one.label)) for one in REMOTE_CHANNELS]
        self.topics.choices = listed_choices(TOPICS, keep=kept(self.topics))

    @classmethod
    def fresh(cls, **defaults: Any) -> Any:
        return cls(**{"day": clock.today(), "channel": str(Channel.PHONE), **defaults})

    def order_topics(self, first: Sequence[str]) -> None:
        """Those used last come first."""
        ranks = {code: rank for rank, code in enumerate(first)}
        pairs = [(one.value, one.label) for one in listed_choices(TOPICS, keep=kept(self.topics))]
        self.topics.choices = sorted(pairs, key=lambda pair: ranks.get(pair[0], len(ranks)))


class LogForm(HoursForm, AboutTalk):
    municipality = Radio(_l("Municipality"), validate_choice=False, validators=[Optional()])
    other = Choice(_l("Another municipality"), validate_choice=False, validators=[Optional()], choices=[])

    @property
    def place_id(self) -> int | None:
        """What was chosen from the longer list counts."""
        return _number(self.other.data or self.municipality.data)

    def talk(self) -> Talk:
        return Talk(
            municipality_id=self.place_id,
            channel=Channel(self.channel.data),
            minutes=self.chosen_minutes(),
            topics=self.topics.data or [],
            day=self.day.data or clock.today(),
            summary=self.summary.data,
            over_reason=self.over_reason.data,
            late_reason=self.late_reason.data,
        )


class OutsideForm(AboutTalk):
    organisation = Text(
        _l("Organisation"),
        validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)],
        description=_l("One that belongs to no partnership you advise."),
    )
    municipality = Choice(_l("Municipality"), validate_choice=False, validators=[Optional()], choices=[])

    def talk(self) -> OutsideTalk:
        return OutsideTalk(
            organisation=self.organisation.data or "",
            channel=Channel(self.channel.data),
            minutes=self.chosen_minutes(),
            topics=self.topics.data or [],
            day=self.day.data or clock.today(),
            municipality_id=_number(self.municipality.data),
            summary=self.summary.data,
            late_reason=self.late_reason.data,
        )


class AskForm(KeyedForm):
    topic = Choice(_l("Topic"), validators=[InputRequired(REQUIRED)])
    question = TextArea(
        _l("Question"),
        validators=[
            InputRequired(_l("Write what you would like to know")),
            Length(max=2000, message=AT_MOST),
        ],
        description=_l("Without names of people. What you have tried already helps."),
    )
    channel = Radio(_l("How you would like to be answered"), default=str(Channel.PHONE))
    wished_times = Text(
        _l("When it suits you"),
        validators=[Optional(), Length(max=300, message=AT_MOST)],
        description=_l("For example: weekdays after 4 p.m."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic.choices = listed_choices(TOPICS)
        self.channel.choices = [(str(one), str(one.label)) for one in REMOTE_CHANNELS]

    def asked(self) -> Question:
        return Question(
            self.topic.data, self.question.data or "", Channel(self.channel.data), self.wished_times.data
        )


class AnswerForm(HoursForm, KeyedForm, HowLong, WithPhrases):
    answer = TextArea(
        _l("Your answer"),
        validators=[InputRequired(_l("Write your answer")), Length(max=4000, message=AT_MOST)],
        description=_l("The partnership gets it by mail and reads it here."),
    )


class CloseRequestForm(BaseForm):
    answer = TextArea(
        _l("Why it is closed"),
        validators=[InputRequired(_l("Write a few words")), Length(max=500, message=AT_MOST)],
        description=_l("The partnership reads it."),
    )


class CorrectForm(HoursForm, HowLong):
    reason = Text(
        _l("Why"),
        validators=[
            InputRequired(_l("Say why: it stands in the history")),
            Length(max=300, message=AT_MOST),
        ],
    )


class TakeBackForm(BaseForm):
    reason = Text(
        _l("Why"),
        validators=[
            InputRequired(_l("Say why: it stands in the history")),
            Length(max=300, message=AT_MOST),
        ],
    )
