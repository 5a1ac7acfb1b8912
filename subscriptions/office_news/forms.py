"""The form of one item of the office."""

from core.forms import AT_MOST, REQUIRED, InputRequired, Length, Text, public_address
from core.i18n import _l
from subscriptions.forms import OwnWordsForm
from subscriptions.office_news.models import OfficeNews
from subscriptions.office_news.services import Words


class OfficeNewsForm(OwnWordsForm):
    url = Text(
        _l("Link"),
        validators=[InputRequired(REQUIRED), Length(max=500, message=AT_MOST), public_address],
        description=_l("Where everybody can read more: a whole address that begins with https://"),
        render_kw={"inputmode": "url"},
    )

    @classmethod
    def of(cls, news: OfficeNews) -> "OfficeNewsForm":
        return cls(
            data={
                "topic": news.topic,
                "title_pl": news.titles.get("pl", ""),
                "title_en": news.titles.get("en", ""),
                "text_pl": news.texts.get("pl", ""),
                "text_en": news.texts.get("en", ""),
                "url": news.url,
            }
        )

    def words(self, news: OfficeNews | None = None) -> Words:
        """Without a field for it the topic stays."""
        topic = self.topic.data if "topic" in self or news is None else news.topic
        return Words(topic, self.titles(), self.texts(), self.url.data or "")

    def keep_topic(self) -> None:
        """It was told under it."""
        del self.topic
