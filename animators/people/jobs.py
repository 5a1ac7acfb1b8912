"""What runs on a timetable for animators."""

from animators.people.services.leaves import summarise_leaves
from plans.services.keeping import move_lapsed_reviews


def tell_who_is_back() -> str:
    return f"{summarise_leaves()} summaries"


def move_reviews_on() -> str:
    return f"{move_lapsed_reviews()} moved"
