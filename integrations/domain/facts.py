"""Writes what the ERP says of customers, credit and products beside them; only what differs."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db import models

from integrations.models import ErpCredit, ErpCustomer, ErpProduct


class Kept(NamedTuple):
    """What a call did: key -> id of every row given, and the keys of those that were new or differed."""

    ids: dict[str, int]
    changed: set[str]


def keep_customers(*, rows: Sequence[dict[str, Any]], read_at: dt.datetime) -> Kept:
    """Keep customer accounts, by `number`."""
    return _keep(ErpCustomer, "number", rows, read_at)


def keep_credit(*, rows: Sequence[dict[str, Any]], read_at: dt.datetime) -> Kept:
    """Keep credit accounts, by `key`."""
    return _keep(ErpCredit, "key", rows, read_at)


def keep_products(*, rows: Sequence[dict[str, Any]], read_at: dt.datetime) -> Kept:
    """Keep what the catalogue has no place for, by `number`."""
    return _keep(ErpProduct, "number", rows, read_at)


def mark_vanished(*, model: Any, key: str, numbers: Collection[str], at: dt.datetime) -> int:
    """Mark what the ERP no longer has; how many were not marked before. It is not deleted, and nothing else follows from it."""
    return int(model._base_manager.filter(**{f"{key}__in": numbers}, vanished_at__isnull=True).update(vanished_at=at))


def _keep(model: type[models.Model], key: str, rows: Sequence[dict[str, Any]], read_at: dt.datetime) -> Kept:
    manager, rows = model._base_manager, [{**row, "vanished_at": None} for row in rows]
    stored = {getattr(row, key): row for row in manager.filter(**{f"{key}__in": [row[key] for row in rows]})}
    new, differing, names = [], [], [name for name in (rows[0] if rows else ()) if name != key]
    for values in rows:
        row = stored.get(values[key])
        if row is None:
            new.append(model(**values, read_at=read_at))
        elif any(getattr(row, name) != values[name] for name in names):
            for name in names:
                setattr(row, name, values[name])
            row.read_at = read_at  # type: ignore[attr-defined]
            differing.append(row)
    manager.bulk_create(new)
    manager.bulk_update(differing, [*names, "read_at"])
    ids = {getattr(row, key): row.pk for row in [*stored.values(), *new]}
    return Kept(ids, {getattr(row, key) for row in [*new, *differing]})
