"""Groups of companies: who belongs to whom, and what the members have together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.events import records_changed
from crm.locks import AdvisoryLock, transaction_lock
from customers.extension_points import OpenBusiness, open_business
from customers.models import Customer

DEEPEST = 8  # levels
ITEMISED = 200  # members that are listed one by one


@dataclass
class Sums:
    """What members of a group have together, in base currency; `open` is how much of each kind of business is open."""

    companies: int = 0
    sales: Decimal = Decimal(0)
    volume: Decimal = Decimal(0)
    receivable: Decimal = Decimal(0)
    overdue: Decimal = Decimal(0)
    credit_limit: Decimal = Decimal(0)
    open: dict[str, int] = field(default_factory=dict)

    @property
    def credit_use(self) -> Decimal | None:
        """Receivables against the credit limits together, in per cent; None without a limit."""
        return self.receivable * 100 / self.credit_limit if self.credit_limit else None


def take_place(customer: Customer, parent: Customer | None) -> None:
    """Let roots and paths follow when a stored customer, with all below it, comes under `parent` (None: it stands alone or heads
    its group).

    In the caller's transaction, which writes the customer's own `parent`. One change of groups runs at a time in the whole
    company, so that two of them cannot make a circle together. Raises DomainError on "parent".
    """
    with transaction.atomic():
        transaction_lock(AdvisoryLock.CUSTOMER_GROUPS)
        children: dict[int, list[int]] = {}
        rows = _whole_groups([customer.pk, *([parent.pk] if parent else [])])
        locked = {row.pk: row for row in rows.order_by("pk").select_for_update(of=("self",))}
        above = {pk: row.parent_id for pk, row in locked.items()}
        before = above.get(customer.pk)
        above[customer.pk] = parent.pk if parent else None
        _refuse_circle(customer.pk, above)
        for pk, upper in above.items():
            if upper is not None:
                children.setdefault(upper, []).append(pk)
        tops = {_top(customer.pk, above)} | ({_top(before, above)} if before in locked else set())
        paths = _paths(tops, children)
        _write(locked, paths)
    customer.refresh_from_db(fields=["group_root", "group_path"])


def members(customer: Customer) -> QuerySet[Customer]:
    """All companies of the customer's group, in or out of anybody's reach."""
    return Customer._base_manager.filter(group_root=customer.group_root_id) if customer.group_root_id else _none()


def below(customer: Customer) -> QuerySet[Customer]:
    """The customer and all companies below it, in or out of anybody's reach."""
    if not customer.group_path:
        return Customer._base_manager.filter(pk=customer.pk)
    return Customer._base_manager.filter(group_path__startswith=customer.group_path)


def sums_of(rows: QuerySet[Customer]) -> Sums:
    """What these customers have together: one query, and one for each kind of open business."""
    found = rows.order_by().aggregate(
        companies=Count("pk"),
        sales=Sum("figures__sales_12m"),
        volume=Sum("figures__volume_12m_kg"),
        receivable=Sum("figures__receivable"),
        overdue=Sum("figures__overdue"),
        credit_limit=Sum("credit_limit"),
    )
    sums = Sums(**{name: value or type(getattr(Sums(), name))(0) for name, value in found.items()})
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    sums.open = {kind.key: sum(kind.count(keys).values()) for kind in kinds_of_business()} if keys else {}
    return sums


def kinds_of_business() -> list[OpenBusiness]:
    """The kinds of open business that apps have registered."""
    return open_business.all()


def _none() -> QuerySet[Customer]:
    return Customer._base_manager.none()


def _whole_groups(keys: Iterable[int]) -> QuerySet[Customer]:
    """The customers and everybody in their groups."""
    wanted = list(keys)
    roots = Customer._base_manager.filter(pk__in=wanted, group_root__isnull=False).values("group_root")
    return Customer._base_manager.filter(Q(pk__in=wanted) | Q(group_root__in=roots)).only(
        "pk", "parent", "group_root", "group_path"
    )


def _refuse_circle(start: int, above: dict[int, int | None]) -> None:
    seen, at = {start}, above.get(start)
    while at is not None:
        if at in seen:
            raise DomainError(
                _("This company stands below the customer already: it cannot be its parent."), field="parent"
            )
        seen.add(at)
        at = above.get(at)


def _top(pk: Any, above: dict[int, int | None]) -> int:
    while above.get(pk) is not None:
        pk = above[pk]
    return int(pk)


def _paths(tops: set[int], children: dict[int, list[int]]) -> dict[int, tuple[int | None, str]]:
    """Root and path of everybody below these; nothing for a company that stands alone."""
    paths: dict[int, tuple[int | None, str]] = {}
    for top in tops:
        if top not in children:
            paths[top] = (None, "")
            continue
        waiting = [(top, f"{top}/", 1)]
        while waiting:
            pk, path, level = waiting.pop()
            if level > DEEPEST:
                message = _("A group has at most %(n)d levels.") % {"n": DEEPEST}
                raise DomainError(message, field="parent")
            paths[pk] = (top, path)
            waiting += [(child, f"{path}{child}/", level + 1) for child in children.get(pk, ())]
    return paths


def _write(locked: dict[int, Customer], paths: dict[int, tuple[int | None, str]]) -> None:
    """Set what differs; the version stays, because nobody edits these."""
    changed = []
    for pk, (root, path) in paths.items():
        row = locked[pk]
        if (row.group_root_id, row.group_path) != (root, path):
            row.group_root_id, row.group_path = root, path
            changed.append(row)
    Customer._base_manager.bulk_update(changed, ["group_root", "group_path"], batch_size=500)
    records_changed.send(label=Customer._meta.label_lower, keys=[row.pk for row in changed])
