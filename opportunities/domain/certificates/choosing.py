"""Which versions can be shown to a customer, and how they answer what it demands."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils import timezone

from crm.formats import current_day
from customers.models import CustomerCertificateDemand
from opportunities.certificate_rules import ALIVE, counting, serves, state_of, wishes
from opportunities.enums import CertificateLanguage
from opportunities.models import CertificateVersion

LATEST = dt.date.max


@dataclass(frozen=True)
class Answer:
    """What we have for a demand in one of its languages: `version` is the best there is, valid or the last one that was, None
    when there never was any. `days_left` until its end; None without an end."""

    demand: CustomerCertificateDemand
    wish: str
    version: CertificateVersion | None

    @property
    def wish_label(self) -> str:
        """The language in words; "" for any."""
        return str(CertificateLanguage(self.wish).label) if self.wish else ""

    @property
    def state(self) -> str:
        """What the version is called today; "" without one."""
        return state_now(self.version) if self.version is not None else ""

    @property
    def is_met(self) -> bool:
        """Whether it can be shown today."""
        return self.state in ALIVE

    @property
    def days_left(self) -> int | None:
        """Days until the version ends; None without an end."""
        until = self.version.valid_until if self.version is not None else None
        return (until - current_day()).days if until is not None else None


def state_now(version: CertificateVersion) -> str:
    """What a version that counts is called today."""
    return state_of(version.valid_from, version.valid_until, current_day())


def counting_versions(kinds: Collection[str] | None = None, *, keys: Collection[int] | None = None) -> list[Any]:
    """Of each certificate (of these kinds, or keys; None: of all) and language the version that counts today, with what the
    certificate covers; ordered by kind and name."""
    rows: Any = CertificateVersion._base_manager.exclude(withdrawn_on__lte=timezone.localdate())
    if kinds is not None:
        rows = rows.filter(certificate__kind__in=kinds)
    if keys is not None:
        rows = rows.filter(certificate__in=keys)
    rows = rows.select_related("certificate__owner", "file").prefetch_related(
        "certificate__product_lines", "certificate__products"
    )
    ordered = rows.order_by("certificate__kind", "certificate__name", "certificate_id", "language", "pk")
    today, found = timezone.localdate(), []
    for _key, group in groupby(ordered, lambda row: (row.certificate_id, row.language)):
        version = counting(list(group), today)
        if version is not None:
            found.append(version)
    return found


def covers(certificate: Any, line: int | None) -> bool:
    """Whether it speaks of a product line: of all that we make, of the line, or of one of its products. Who names no line takes
    any."""
    lines = {row.pk for row in certificate.product_lines.all()}
    products = certificate.products.all()
    return (
        line is None or not (lines or products) or line in lines or any(row.product_line_id == line for row in products)
    )


def best_for(versions: Iterable[Any], kind: str, line: int | None, wish: str) -> Any:
    """Of these the best that answers: valid before expired, then the one that lasts longest; None when none is of the kind."""
    found = [
        row
        for row in versions
        if row.certificate.kind == kind and serves(row.language, wish) and covers(row.certificate, line)
    ]
    return max(found, key=lambda row: (state_now(row) in ALIVE, row.valid_until or LATEST, row.pk), default=None)


def answers(demands: Sequence[CustomerCertificateDemand]) -> list[Answer]:
    """What we have for each demand, a line for each language it asks for."""
    versions = counting_versions({demand.kind for demand in demands}) if demands else []
    return [
        Answer(demand, wish, best_for(versions, demand.kind, demand.product_line_id, wish))
        for demand in demands
        for wish in wishes(demand.language)
    ]


def demands_of(customer: int, line: int | None = None) -> list[CustomerCertificateDemand]:
    """What a customer demands today, of a product line (and for all of them) or of any; by kind."""
    rows = CustomerCertificateDemand._base_manager.filter(customer=customer).select_related("product_line")
    rows = rows.exclude(needed_since__gt=timezone.localdate())
    if line is not None:
        rows = rows.exclude(~Q(product_line=line), product_line__isnull=False)
    return list(rows.order_by("kind", "pk"))
