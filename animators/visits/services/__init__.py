"""The verbs: agree on a date, propose, answer, object, move, cancel; and what happens by itself once a visit is over."""

from animators.visits.services.agreeing import (
    accept,
    decline,
    enter_agreed,
    object_to,
    propose,
    propose_again,
)
from animators.visits.services.changing import ask_to_move, cancel, take_move_back
from animators.visits.services.handing_over import hand_over_visits
from animators.visits.services.holding import hold_past_visits

__all__ = [
    "accept",
    "ask_to_move",
    "cancel",
    "decline",
    "enter_agreed",
    "hand_over_visits",
    "hold_past_visits",
    "object_to",
    "propose",
    "propose_again",
    "take_move_back",
]
