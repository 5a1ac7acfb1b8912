"""What runs on a timetable for work cards."""

from animators.cards.services.reminding import begin_cards, remind_in_time


def begin_cards_of_the_month() -> str:
    return f"{begin_cards()} begun"


def remind_of_cards() -> str:
    return f"{remind_in_time()} reminders"
