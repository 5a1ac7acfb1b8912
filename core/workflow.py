"""A workflow is data: which action leads from where to where. It guards services, offers buttons and feeds tests."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from core.errors import DomainError
from core.i18n import _l

Action = TypeVar("Action", bound=StrEnum)
Status = TypeVar("Status", bound=StrEnum)


class NotNow(DomainError):
    """The record is no longer in a state where this can be done: mostly somebody else was faster."""

    def __init__(self) -> None:
        super().__init__(
            _l("Someone has already moved this on. Look at where it stands now and decide again.")
        )


@dataclass(frozen=True)
class Step(Generic[Action, Status]):
    action: Action
    sources: Set[Status]
    target: Status


class Workflow(Generic[Action, Status]):
    def __init__(self, *steps: Step[Action, Status]) -> None:
        self.steps = steps

    def after(self, action: Action, status: Status) -> Status:
        """The status this action leads to; raises ``NotNow`` where the action is not possible."""
        for step in self.steps:
            if step.action == action and status in step.sources:
                return step.target
        raise NotNow

    def allows(self, action: Action, status: Status) -> bool:
        return any(step.action == action and status in step.sources for step in self.steps)

    def actions(self, status: Status) -> list[Action]:
        """What can happen next, in the order the workflow names it."""
        return [step.action for step in self.steps if status in step.sources]
