"""What the apps above say about customers: measures that grade them, business that is open with them, and what goes along when
two of them are merged.

These stand here and not among the kernel's registries, because they speak of customers and of nothing else
(docs/decisions/0011-registries-of-customers.md).
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crm.registry import Registry

Label = Any  # str or the lazy string of gettext_lazy


@dataclass(frozen=True)
class CustomerMeasure:
    """A number about a customer that scoring models, reviews and lists can use.

    `compute(keys, on)` gives, for customers (None: all of them) and a day, the value of each that has one: a customer without
    data is left out, never given as zero; it is asked for 100,000 customers at once, so it is one set-based query. `unit` is
    "money" (base currency), "kg", "percent", "days" or "number"; `higher_is_better` is False for what is better low.
    `promised`: policies of a grade may bound it. `permission`: who lacks it is told neither the value nor any bound of it.
    """

    key: str
    label: Label
    unit: str
    compute: Callable[[Sequence[int] | None, dt.date], Mapping[int, Decimal]]
    higher_is_better: bool = True
    promised: bool = False
    permission: str = ""
    order: int = 100

    def shown_to(self, reader: Any) -> bool:
        """Whether the reader may see values and bounds of it."""
        return not self.permission or bool(reader.has_perm(self.permission))


@dataclass(frozen=True)
class OpenBusiness:
    """A kind of business that can be open with a customer: orders not shipped, receivables not paid, complaints not closed.

    `count(keys)` gives for each of these customers that has any how many are open; one query. `url(customer)` leads to them.
    With `keeps_from_pool` a customer that has any is not taken from its owner for being idle. `order` is where it is listed.
    """

    key: str
    label: Label
    icon: str
    count: Callable[[Sequence[int]], Mapping[int, int]]
    url: Callable[[Any], str] = lambda customer: ""
    keeps_from_pool: bool = True
    order: int = 100


@dataclass(frozen=True)
class Moved:
    """Rows of a model ("app.Model") of which one field was changed from `before` to `after`, alike for all `keys`.

    A `note` marks rows that stay with the merged customer, and says why; `before` and `after` are then the same.
    """

    model: str
    field: str
    keys: Sequence[int]
    before: Any
    after: Any
    note: str = ""


@dataclass(frozen=True)
class MergeMover:
    """A kind of record that goes along when a customer is merged into another; customers/domain/merging/moves.py makes the usual
    ones in one line.

    `covers` names the references it moves ("app.Model.field"): a test finds those that no mover covers. `count(loser)` says how
    many records go along. `move(loser, winner)` changes them in the caller's transaction, which holds both customers locked, and
    returns what it changed, so that exactly that can be put back. `told(customers, moved)` is called after a merge and after an
    undo, inside the transaction, with the keys of both customers: for what is worked out from the rows. All take keys.
    """

    key: str
    label: Label
    covers: Sequence[str]
    count: Callable[[int], int]
    move: Callable[[int, int], Sequence[Moved]]
    told: Callable[[Sequence[int], Sequence[Moved]], None] = lambda customers, moved: None
    order: int = 100


@dataclass(frozen=True)
class ContactSource:
    """Something that counts as contact with a customer: a to-do done, a comment, an opportunity moved on.

    `latest(keys)` gives for each of these customers (None: all) that has any the day of the last; one query.
    """

    key: str
    label: Label
    latest: Callable[[Sequence[int] | None], Mapping[int, dt.date]]
    order: int = 100


@dataclass(frozen=True)
class LineInterest:
    """What says that a customer buys of a product line, or is offered it: `customers(line)` is a query of customers' keys."""

    key: str
    customers: Callable[[Any], Any]
    order: int = 100


@dataclass(frozen=True)
class HandoverLineItem:
    """An open record that goes along with a customer, for the hand-over sheet."""

    title: str
    text: str = ""
    url: str = ""
    due: dt.date | None = None


@dataclass(frozen=True)
class HandoverItem:
    """A kind of open record that goes to the customer's new owner with the customer.

    `count(keys, owner)` gives for each of these customers that has any how many that person has open. `lines(customer, owner)`
    lists them. `move(keys=, source=, target=, actor=)` gives all of them to the target, in the caller's transaction, and
    returns how many of each customer; what is closed stays with whom it was.
    """

    key: str
    label: Label
    icon: str
    count: Callable[[Sequence[int], Any], Mapping[int, int]]
    lines: Callable[[Any, Any], Sequence[HandoverLineItem]]
    move: Callable[..., Mapping[int, int]]
    order: int = 100


@dataclass(frozen=True)
class VolumeSource:
    """Tells how much left for customers, by product line.

    `shipped(keys, since, until)` gives the kg by (customer, product line) of both days and those between, of these customers
    (None: of all); one set-based query.
    """

    key: str
    shipped: Callable[[Sequence[int] | None, dt.date, dt.date], Mapping[tuple[int, int], Decimal]]
    order: int = 100


@dataclass(frozen=True)
class NextStep:
    """What somebody means to do next with a customer: `url` leads to where it stands."""

    text: str
    due: dt.date | None
    url: str


@dataclass(frozen=True)
class NextStepSource:
    """A kind of record that may say what is to be done next: `first(user, customer)` gives the earliest of them that the reader
    sees, one with a day before one without; one query."""

    key: str
    label: Label
    first: Callable[[Any, Any], NextStep | None]
    permission: str = ""
    order: int = 100


customer_measures: Registry[CustomerMeasure] = Registry("customer_measures")
open_business: Registry[OpenBusiness] = Registry("open_business")
contact_sources: Registry[ContactSource] = Registry("contact_sources")
line_interests: Registry[LineInterest] = Registry("line_interests")
handover_items: Registry[HandoverItem] = Registry("handover_items")
volume_sources: Registry[VolumeSource] = Registry("volume_sources")
next_steps: Registry[NextStepSource] = Registry("next_steps")

merge_movers: Registry[MergeMover] = Registry("merge_movers")

ALL: tuple[Registry[Any], ...] = (
    customer_measures,
    open_business,
    contact_sources,
    line_interests,
    handover_items,
    volume_sources,
    next_steps,
    merge_movers,
)
