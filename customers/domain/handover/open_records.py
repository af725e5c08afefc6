"""Open records that go along with a customer: counted, listed on the hand-over sheet, and given to the new owner."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet

from crm.models import User
from customers.domain.handover.tasks import reassign_tasks, tasks_about
from customers.extension_points import HandoverItem, HandoverLineItem


@dataclass(frozen=True)
class OpenRecords:
    """One kind of them.

    `rows()` gives those of everybody that somebody has still to work on; what is closed stays with whom it was. `line(row)` is
    one on the sheet, which lists them in this `order`. `give(rows, owner=, actor=)` gives rows to a person.
    """

    model: type[Model]
    rows: Callable[[], QuerySet[Any]]
    line: Callable[[Any], HandoverLineItem]
    give: Callable[..., Any]
    order: tuple[str, ...] = ("pk",)

    def item(self, key: str, label: Any, icon: str, *, order: int) -> HandoverItem:
        """The kind as it is registered."""
        return HandoverItem(key, label, icon, self.count, self.lines, self.move, order=order)

    def of(self, keys: Sequence[int], owner: User) -> QuerySet[Any]:
        """Those of these customers that the person owns."""
        return self.rows().filter(customer__any_of=list(keys), owner=owner)

    def count(self, keys: Sequence[int], owner: User) -> Mapping[int, int]:
        """How many of them a person has with each customer."""
        return dict(self.of(keys, owner).order_by().values_list("customer").annotate(n=Count("pk")))

    def lines(self, customer: Any, owner: User) -> list[HandoverLineItem]:
        """Those of a customer."""
        return [self.line(row) for row in self.of([customer.pk], owner).order_by(*self.order)]

    def move(self, *, keys: Sequence[int], source: User, target: User, actor: User) -> Mapping[int, int]:
        """Give them to the new owner, with the to-dos about them; how many of each customer."""
        found = dict(self.of(keys, source).order_by("pk").values_list("pk", "customer_id"))
        if found:
            self.give(self.model._base_manager.filter(pk__in=found), owner=target, actor=actor)
            reassign_tasks(tasks_about(self.model, list(found), source), target=target, actor=actor)
        return Counter(found.values())
