"""What leads say about customers: the open ones go along to a new owner."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from crm.models import User
from customers.extension_points import HandoverLineItem
from leads.domain.lead import assign_leads
from leads.models import Lead


def _of(keys: Sequence[int], owner: User) -> QuerySet[Lead]:
    rows: QuerySet[Lead] = Lead.objects.open().filter(customer__any_of=list(keys), owner=owner)
    return rows


def count(keys: Sequence[int], owner: User) -> Mapping[int, int]:
    """How many open leads of each customer the owner follows up."""
    return dict(_of(keys, owner).order_by().values_list("customer").annotate(n=Count("pk")))


def lines(customer: Any, owner: User) -> list[HandoverLineItem]:
    """Those of a customer."""
    rows = _of([customer.pk], owner).order_by("received_on", "pk")
    return [
        HandoverLineItem(f"{row.code} {row.company_name}", row.need, reverse("leads:lead_record", args=[row.pk]))
        for row in rows
    ]


def move(*, keys: Sequence[int], source: User, target: User, actor: User) -> Mapping[int, int]:
    """Give them to the new owner."""
    found = dict(_of(keys, source).order_by("pk").values_list("pk", "customer_id"))
    if found:
        assign_leads(Lead._base_manager.filter(pk__in=found), owner=target, actor=actor)
    return Counter(found.values())
