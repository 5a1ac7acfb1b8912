"""Forms about news and the digest."""

from collections.abc import Mapping
from typing import Any

from accounts.addresses import is_mail_address, sign_in_name
from core.forms import (
    AT_MOST,
    REQUIRED,
    BaseForm,
    Choice,
    Choices,
    Email,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    Text,
    TextArea,
    ValidationError,
)
from core.i18n import _l
from core.web_addresses import is_public_address
from municipalities.queries import voivodeships
from subscriptions.digests import OwnItem
from subscriptions.models import DigestIssue, Frequency, Subscriber
from subscriptions.topics import topics
from subscriptions.wanted import Wanted

TOPICS = _l("What do you want news of?")


class NewsForm(BaseForm):
    """What one wants news of, and how often."""

    topics = Choices(TOPICS, validators=[Optional()])
    regions = Choices(_l("Voivodeships"), validators=[Optional()])
    frequency = Radio(
        _l("How often?"),
        choices=[SelectChoice(one.value, one.label) for one in Frequency],
        default=Frequency.WEEKLY.value,
        validators=[InputRequired(REQUIRED)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = topics()
        self.topics.choices = [SelectChoice(one.code, f"{one.label}: {one.text}") for one in offered]
        self.of_regions = [one for one in offered if one.has_regions]
        self.regions.choices = [SelectChoice(str(one.id), one.name) for one in voivodeships()]

    @classmethod
    def of(cls, subscriber: Subscriber | None) -> "NewsForm":
        if subscriber is None:
            return cls()
        wanted = subscriber.wanted
        chosen = {
            "topics": sorted({one.topic for one in wanted}),
            "regions": [str(one.region) for one in wanted if one.region is not None],
            "frequency": subscriber.frequency.value,
        }
        return cls(data=chosen)

    def wanted(self) -> frozenset[Wanted]:
        """A topic with regions of which none is chosen is wanted of the whole country."""
        regions = [int(one) for one in self.regions.data or []]
        with_regions = {one.code for one in self.of_regions}
        return frozenset(
            Wanted(topic, region)
            for topic in self.topics.data or []
            for region in (regions if topic in with_regions and regions else [None])
        )

    def how_often(self) -> Frequency:
        return Frequency(self.frequency.data)


class SubscribeForm(NewsForm):
    topics = Choices(TOPICS, validators=[InputRequired(_l("Choose at least one topic."))])
    email = Email(
        _l("E-mail address"),
        validators=[InputRequired(REQUIRED), Length(max=254, message=AT_MOST)],
        render_kw={"autocomplete": "email"},
    )

    def validate_email(self, field: Email) -> None:
        if not is_mail_address(sign_in_name(field.data or "")):
            raise ValidationError(_l("Enter an e-mail address, for example name@example.org"))


class ChangeForm(NewsForm):
    topics = Choices(
        TOPICS,
        validators=[InputRequired(_l("Choose at least one topic, or stop all news with the button below."))],
    )


class IssueForm(BaseForm):
    title_pl = Text(
        _l("Title in Polish"), validators=[InputRequired(REQUIRED), Length(max=150, message=AT_MOST)]
    )
    introduction_pl = TextArea(
        _l("Introduction in Polish"), validators=[Optional(), Length(max=1500, message=AT_MOST)]
    )
    title_en = Text(
        _l("Title in English"),
        validators=[Optional(), Length(max=150, message=AT_MOST)],
        description=_l("Left empty, the Polish words stand there."),
    )
    introduction_en = TextArea(
        _l("Introduction in English"), validators=[Optional(), Length(max=1500, message=AT_MOST)]
    )

    @classmethod
    def of(cls, issue: DigestIssue) -> "IssueForm":
        return cls(
            data={
                "title_pl": issue.titles.get("pl", ""),
                "title_en": issue.titles.get("en", ""),
                "introduction_pl": issue.introductions.get("pl", ""),
                "introduction_en": issue.introductions.get("en", ""),
            }
        )

    def titles(self) -> Mapping[str, str]:
        return {"pl": self.title_pl.data or "", "en": self.title_en.data or ""}

    def introductions(self) -> Mapping[str, str]:
        return {"pl": self.introduction_pl.data or "", "en": self.introduction_en.data or ""}


class OwnWordsForm(BaseForm):
    """What the office tells: under which topic, in both languages, and where there is more."""

    topic = Choice(
        _l("Topic"),
        validators=[InputRequired(REQUIRED)],
        description=_l("Whoever asked for news of this topic gets it."),
    )
    title_pl = Text(
        _l("Title in Polish"), validators=[InputRequired(REQUIRED), Length(max=150, message=AT_MOST)]
    )
    text_pl = TextArea(
        _l("A sentence or two in Polish"), validators=[Optional(), Length(max=600, message=AT_MOST)]
    )
    title_en = Text(
        _l("Title in English"),
        validators=[Optional(), Length(max=150, message=AT_MOST)],
        description=_l("Left empty, the Polish words stand there."),
    )
    text_en = TextArea(
        _l("A sentence or two in English"), validators=[Optional(), Length(max=600, message=AT_MOST)]
    )
    url = Text(
        _l("Link"),
        validators=[Optional(), Length(max=500, message=AT_MOST)],
        description=_l("A whole address that begins with https://"),
        render_kw={"inputmode": "url"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic.choices = [SelectChoice(one.code, one.label) for one in topics()]

    def titles(self) -> Mapping[str, str]:
        return {"pl": self.title_pl.data or "", "en": self.title_en.data or ""}

    def texts(self) -> Mapping[str, str]:
        return {"pl": self.text_pl.data or "", "en": self.text_en.data or ""}


class OwnItemForm(OwnWordsForm):
    def validate_url(self, field: Text) -> None:
        if not is_public_address(field.data or ""):
            raise ValidationError(_l("Enter a whole address that begins with https://"))

    def item(self) -> OwnItem:
        return OwnItem(self.topic.data, self.titles(), self.texts(), self.url.data or "")
