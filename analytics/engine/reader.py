"""For whom a figure is read, and which members of which dimension that person's figures are made of."""

from dataclasses import dataclass
from typing import Any

from crm.base.scopes import DataScope
from crm.organisation.models import Access


class Company:
    """The reader that sees everything: nightly sums, administrators' commands."""

    pk = None
    is_active = True
    is_authenticated = True
    access = Access(scope=DataScope.ALL, permissions=frozenset(), team_ids=(), business_unit_ids=())

    def __str__(self) -> str:
        return "company"


COMPANY = Company()


@dataclass(frozen=True)
class Restriction:
    """The stamp that rows must carry to count for a reader: one of `members` in `dimension`."""

    dimension: str
    members: tuple[int, ...]


def restriction(reader: Any) -> Restriction | None:
    """What narrows this reader's figures; None when they are the company's.

    Narrower than `visible_to`, which also opens the past of one's present customers: that past was earned by others and stays in
    their figures.
    """
    access = reader.access
    if access.scope == DataScope.ALL:
        return None
    if access.scope == DataScope.BUSINESS_UNIT:
        return Restriction("business_unit", tuple(access.business_unit_ids))
    if access.scope in (DataScope.TEAM, DataScope.TEAM_BELOW):
        return Restriction("team", tuple(access.team_ids))
    return Restriction("rep", (reader.pk,))
