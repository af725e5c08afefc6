"""State what customers need, and what of it competitors supply. docs/share-of-wallet.md says what holds."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.events import records_changed
from crm.formats import day, qty
from crm.models import User
from customers.domain.wallet.figures import refresh_wallets
from customers.domain.wallet.volumes import shipped_of_line
from customers.models import Customer, CustomerDemand, DemandShare


def state_demand(*, actor: User, **values: Any) -> CustomerDemand:
    """A new statement. The older one for the same product line ends the day before; a newer one that begins later ends this.

    Raises DomainError when another begins on the same day or within its days, or when we ship more than the demand.
    """
    demand = CustomerDemand(**values)
    _check_product(demand)
    with transaction.atomic():
        _lock(demand.customer)
        _make_room(demand)
        _check_sum(demand, [])
        create_record(demand)
        refresh_wallets([demand.customer_id])
    return demand


def change_demand(
    *, instance: CustomerDemand, expected_version: int | None, actor: User, **values: Any
) -> CustomerDemand:
    """Correct a statement. Raises StaleVersion, and DomainError when its days run into another's or the parts are too large."""
    before = instance.customer
    for name, value in values.items():
        setattr(instance, name, value)
    _check_product(instance)
    with transaction.atomic():
        _lock(before)
        _check_sum(instance, list(instance.shares.all()))
        saved = save_record(instance, expected_version=expected_version, fields=list(values))
        refresh_wallets([saved.customer_id])
    return saved


def state_share(*, actor: User, **values: Any) -> DemandShare:
    """A competitor's part of a demand. Raises DomainError when all parts with ours are more than the demand."""
    share = DemandShare(**values)
    with transaction.atomic():
        _lock(share.demand.customer)
        share.demand = CustomerDemand._base_manager.get(pk=share.demand_id)  # as it stands now that nobody else writes
        _check_parts(share)
        return create_record(share)


def change_share(*, instance: DemandShare, expected_version: int | None, actor: User, **values: Any) -> DemandShare:
    """Correct a competitor's part. Raises StaleVersion, and DomainError as on creation."""
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        _lock(instance.demand.customer)
        instance.demand = CustomerDemand._base_manager.get(pk=instance.demand_id)
        _check_parts(instance)
        return save_record(instance, expected_version=expected_version, fields=list(values))


def _lock(customer: Customer) -> None:
    """One statement at a time for a customer: the sums are checked over several rows."""
    Customer._base_manager.select_for_update(of=("self",)).only("pk").get(pk=customer.pk)


def _check_product(demand: CustomerDemand) -> None:
    if demand.product is not None and demand.product.product_line_id != demand.product_line_id:
        raise DomainError(_("This product belongs to another product line."), field="product")
    if demand.stated_on > timezone.localdate():
        raise DomainError(_("A statement cannot be of a day to come."), field="stated_on")


def _make_room(demand: CustomerDemand) -> None:
    """End the statement before it, and let it end where the next begins."""
    others = list(CustomerDemand.objects.overlapping(demand).order_by("starts_on"))
    for other in others:
        if other.starts_on == demand.starts_on or (other.starts_on > demand.starts_on and demand.ends_on is not None):
            text = _("A statement for this product line holds from %(day)s: change that one, or choose other days.")
            raise DomainError(text % {"day": day(other.starts_on)}, field="starts_on")
    before = [other for other in others if other.starts_on < demand.starts_on]
    after = [other for other in others if other.starts_on > demand.starts_on]
    if after:
        demand.ends_on = after[0].starts_on - dt.timedelta(days=1)
    for other in before:
        CustomerDemand._base_manager.filter(pk=other.pk).update(
            ends_on=demand.starts_on - dt.timedelta(days=1), version=F("version") + 1, updated_at=timezone.now()
        )
        records_changed.send(label=CustomerDemand._meta.label_lower, keys=[other.pk])


def _check_parts(share: DemandShare) -> None:
    demand = share.demand
    others = list(demand.shares.exclude(pk=share.pk).select_related("competitor"))
    for other in others:
        other.demand = demand
    _check_sum(demand, [*others, share])


def _check_sum(demand: CustomerDemand, shares: list[DemandShare]) -> None:
    """Raise DomainError when ours and the competitors' parts are more than the demand."""
    for share in shares:
        share.demand = demand
    rivals = sum((share.kg for share in shares), Decimal(0))
    ours = shipped_of_line(demand)
    if ours + rivals > demand.kg_per_year:
        text = _(
            "Our part of %(ours)s and the competitors' %(rivals)s are more than the demand of %(demand)s a year: "
            "correct the demand or the parts."
        )
        names = {"ours": qty(ours), "rivals": qty(rivals), "demand": qty(demand.kg_per_year)}
        raise DomainError(text % names, field="kg_per_year")
