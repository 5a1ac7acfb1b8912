"""A card as its page shows it, and what the reader can do with it now."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.policy import Permission, can
from animators.cards.content import Content, Line
from animators.cards.lines import ENTERED_KEY, last_of
from animators.cards.models import WorkCard
from animators.cards.queries import content_of
from animators.cards.services.flow import seen_as
from animators.cards.workflow import CARD_WORKFLOW, CardAction
from core import clock


@dataclass(frozen=True)
class CardPage:
    content: Content
    seen: str
    may_enter: bool
    may_submit: bool
    submit_from: date | None
    """While the month is not over: the day from which the card can be submitted."""
    may_take_back: bool
    may_check: bool
    may_return: bool
    may_lock: bool
    is_own_of_office: bool
    """Somebody of the office looks at their own card, which others check."""

    def line_id(self, line: Line) -> int | None:
        """Of a line that the animator entered and may still change."""
        if not (self.may_enter and line.key.startswith(ENTERED_KEY)):
            return None
        return int(line.key.removeprefix(ENTERED_KEY))


def card_page(card: WorkCard, person: User) -> CardPage:
    content = content_of(card)
    owns = can(person, Permission.CARD_EDIT, card)
    checks = can(person, Permission.CARD_CHECK, card)
    is_over = last_of(card.month) <= clock.today()

    def now(action: CardAction) -> bool:
        return CARD_WORKFLOW.allows(action, card.status)

    return CardPage(
        content=content,
        seen=seen_as(content),
        may_enter=owns and card.is_editable,
        may_submit=owns and is_over and bool(content.lines) and now(CardAction.SUBMIT),
        submit_from=None if is_over or not card.is_editable else last_of(card.month),
        may_take_back=owns and now(CardAction.TAKE_BACK),
        may_check=checks and not owns and now(CardAction.CHECK),
        may_return=checks and not owns and now(CardAction.SEND_BACK),
        may_lock=checks and not owns and now(CardAction.LOCK),
        is_own_of_office=checks and owns,
    )
