"""Records of other packages ask their partnership who may do something with them."""

from collections.abc import Set
from datetime import date
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from partnerships.models import Partnership


class RightsOfPartnership:
    """Who may do something with a record is decided by the partnership it belongs to."""

    partnership: Any

    @property
    def _decides(self) -> "Partnership":
        return cast("Partnership", self.partnership)

    def leader_ids(self, on: date) -> Set[int]:
        return self._decides.leader_ids(on)

    def deputy_ids(self, on: date) -> Set[int]:
        return self._decides.deputy_ids(on)

    def deputies_who_submit(self, on: date) -> Set[int]:
        return self._decides.deputies_who_submit(on)

    def deputies_who_publish(self, on: date) -> Set[int]:
        return self._decides.deputies_who_publish(on)

    def animator_ids(self, on: date) -> Set[int]:
        return self._decides.animator_ids(on)

    def heir_ids(self, on: date) -> Set[int]:
        return self._decides.heir_ids(on)

    def heir_leader_ids(self, on: date) -> Set[int]:
        return self._decides.heir_leader_ids(on)

    def heir_animator_ids(self, on: date) -> Set[int]:
        return self._decides.heir_animator_ids(on)
