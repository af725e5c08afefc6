"""Price lists and their prices: make, change, and copy into a new version."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from crm.base.saving import change_record, create_record
from crm.catalogue.models import PriceItem, PriceList
from crm.errors import DomainError
from crm.locks import lock_row
from crm.organisation.models import User

MOST_DECIMALS = 4


def create_price_list(*, actor: User, **values: Any) -> PriceList:
    """A new price list. Raises DomainError for a code in use and for days in the wrong order."""
    with transaction.atomic():
        return create_record(PriceList(**values))


def update_price_list(*, instance: PriceList, expected_version: int | None, actor: User, **values: Any) -> PriceList:
    """Change a price list. Raises StaleVersion, and DomainError as on creation and for another currency once it has prices."""
    stored = PriceList._base_manager.get(pk=instance.pk)
    if values.get("currency", stored.currency) != stored.currency and stored.items.exists():
        raise DomainError(_("The list has prices in its currency: make a new list instead."), field="currency")
    return change_record(instance, expected_version=expected_version, values=values)


def create_price(*, actor: User, **values: Any) -> PriceItem:
    """A price in a list. Raises DomainError for a second one of the same quantity and time, and for a floor above the guide."""
    with transaction.atomic():
        return create_record(PriceItem(**values))


def update_price(*, instance: PriceItem, expected_version: int | None, actor: User, **values: Any) -> PriceItem:
    """Change a price. Raises StaleVersion, and DomainError as on creation."""
    return change_record(instance, expected_version=expected_version, values=values)


def remove_price(*, item: PriceItem, actor: User) -> None:
    """Take a price out of its list; its trail stays."""
    with transaction.atomic():
        item.delete()


def copy_price_list(
    *,
    source: PriceList,
    actor: User,
    code: str,
    name: str,
    starts_on: dt.date,
    percent: Decimal = Decimal(0),
    decimals: int = 2,
    end_source: bool = True,
    name_en: str = "",
) -> PriceList:
    """A new version of a list from a day on: the prices valid that day, each changed by `percent` and rounded.

    With `end_source` the old list ends the day before. Raises DomainError for a code in use, a day that is not after the old
    list's first, or a change that leaves nothing of a price.
    """
    if starts_on <= source.starts_on:
        raise DomainError(_("The new version must begin after the list it is made from."), field="starts_on")
    if not -100 < percent <= 1000:
        raise DomainError(_("The change must be more than -100 and at most 1000 per cent."), field="percent")
    step, factor = Decimal(1).scaleb(-min(decimals, MOST_DECIMALS)), 1 + percent / 100
    with transaction.atomic():
        old = lock_row(PriceList._base_manager.all(), source.pk)
        same = ("currency", "business_unit", "region", "customer_grade", "priority")
        new = PriceList(code=code, name=name, name_en=name_en, starts_on=starts_on, copied_from=old)
        for field in same:
            setattr(new, field, getattr(old, field))
        create_record(new)
        valid = (
            Q(starts_on__isnull=True) | Q(starts_on__lte=starts_on),
            Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on),
        )
        PriceItem._base_manager.bulk_create(
            PriceItem(
                price_list=new,
                product_id=item.product_id,
                unit_id=item.unit_id,
                quantity_from=item.quantity_from,
                guide_price=_changed(item.guide_price, factor, step),
                floor_price=None if item.floor_price is None else _changed(item.floor_price, factor, step),
            )
            for item in PriceItem._base_manager.filter(*valid, price_list=old).order_by("pk")
        )
        if end_source and (old.ends_on is None or old.ends_on >= starts_on):
            last = starts_on - dt.timedelta(days=1)
            change_record(old, expected_version=old.version, values={"ends_on": last})
    return new


def _changed(price: Decimal, factor: Decimal, step: Decimal) -> Decimal:
    new = (price * factor).quantize(step, rounding=ROUND_HALF_UP)
    if new <= 0:
        raise DomainError(_("With this change and rounding a price would become zero."), field="percent")
    return new
