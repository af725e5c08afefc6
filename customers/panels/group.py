"""A customer's group on its page: beside the record, and as a page of its own. Only companies in the reader's reach are named
and counted; that there are others is said."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.domain.group import ITEMISED, kinds_of_business, members, sums_of
from customers.models import Customer
from customers.tables.cells import customer_url, figures_of


def _seen(user: Any, customer: Customer) -> Any:
    """The group's companies in reach, from the top down."""
    return Customer.objects.visible_to(user).filter(group_root=customer.group_root_id)


def beside(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """Parent, head of the group and how many companies it has; nothing for a company that stands alone."""
    if customer.group_root_id is None:
        return None
    named = [(_("Parent company"), customer.parent), (_("Head of the group"), customer.group_root)]
    above = [(label, other) for label, other in named if other is not None and other.pk != customer.pk]
    keys = [other.pk for _label, other in above]
    rows = Customer.objects.visible_to(request.user).filter(pk__in=keys)
    seen = set(rows.values_list("pk", flat=True)) if keys else set()
    lines = [(label, other.name, customer_url(other.pk) if other.pk in seen else "") for label, other in above]
    count = _seen(request.user, customer).order_by().count()
    lines.append((_("Companies in your reach"), str(count), ""))
    return {"lines": lines, "group_url": reverse("customers:customer_tab", args=[customer.pk, "group"])}


def group(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The tree of the companies in reach, and what they have together."""
    user: Any = request.user
    if customer.group_root_id is None:
        rows = Customer.objects.visible_to(user).filter(pk=customer.pk)
        total = 1
    else:
        rows = _seen(user, customer)
        total = members(customer).count()
    ordered = rows.select_related("figures").order_by("group_path", "pk")
    shown = list(ordered[:ITEMISED])
    sums = sums_of(rows)
    rest = rows.exclude(pk__in=[row.pk for row in shown]) if sums.companies > len(shown) else None
    return {
        "roots": _tree(shown),
        "sums": sums,
        "kinds": [(kind.label, n) for kind in kinds_of_business() if (n := sums.open.get(kind.key, 0))],
        "further": sums_of(rest) if rest is not None else None,
        "hidden": total > sums.companies,
        "record": customer,
    }


def _tree(rows: list[Customer]) -> list[dict[str, Any]]:
    """The rows below each other; one whose parent is not shown hangs on the nearest company above that is, else on top."""
    entries: dict[int, dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    for row in rows:
        entry = {"customer": row, "url": customer_url(row.pk), "figures": figures_of(row), "below": []}
        above = [entries[int(pk)] for pk in row.group_path.split("/")[:-2] if int(pk) in entries]
        (above[-1]["below"] if above else roots).append(entry)
        entries[row.pk] = entry
    return roots


def group_count(request: HttpRequest, customer: Customer) -> int | None:
    """How many companies of the group are in reach; no number for a company that stands alone."""
    return _seen(request.user, customer).order_by().count() if customer.group_root_id else None
