"""For whom a figure is read, and which members of which dimension that person's figures are made of."""

from dataclasses import dataclass
from typing import Any

from crm.base.scopes import DataScope, judged_by
from crm.organisation.models import Access


class Company:
    """The reader that sees everything: nightly sums, administrators' commands."""

    pk = None
    is_active = True
    is_authenticated = True
    access = Access(scope=DataScope.ALL, unlimited=True)

    def __str__(self) -> str:
        return "company"


COMPANY = Company()


@dataclass(frozen=True)
class Restriction:
    """The stamp that rows must carry to count for a reader: one of `members` in `dimension`."""

    dimension: str
    members: tuple[int, ...]


def restriction(reader: Any, model: Any = None) -> Restriction | None:
    """What narrows this reader's figures; None when they are the company's. For the rows of a `model` the reach that the
    reader's roles give for that kind of record.

    Narrower than `visible_to`, which also opens the past of one's present customers: that past was earned by others and stays in
    their figures. Figures stay the person's own, too, while standing in for somebody.
    """
    access = reader.access
    scope = access.scope if model is None else access.scope_for(judged_by(model)._meta.label_lower)
    if scope == DataScope.ALL:
        return None
    if scope == DataScope.BUSINESS_UNIT:
        return Restriction("business_unit", tuple(access.business_unit_ids))
    if scope in (DataScope.TEAM, DataScope.TEAM_BELOW):
        return Restriction("team", access.sights[0].teams_for(scope))
    return Restriction("rep", (reader.pk,))
