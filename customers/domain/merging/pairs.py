"""Pairs of customers that may be the same company: found by how their names sound, judged one by one, and set aside when
somebody has found that they are two."""

from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.models import User
from customers.domain.merging.merge import RIGHT
from customers.domain.recognition import Candidate, CompanyQuery, Verdict, judge
from customers.models import Customer, CustomerKeys, NotTheSame

SHOWN = 100
GROUPS = 1000  # sounds looked at for one page
ALIKE = 12  # of so many names that sound the same, the first are compared with each other


@dataclass(frozen=True)
class Pair:
    """Two customers that may be one, with how sure it is and why."""

    first: Customer
    second: Customer
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]

    @property
    def both(self) -> tuple[Customer, Customer]:
        """The two."""
        return self.first, self.second


def possible_pairs(user: User, *, limit: int = SHOWN) -> list[Pair]:
    """The pairs of which the user may change both, the surest first; four queries however many there are."""
    reach = Customer.objects.visible_to(user, write=True)
    groups = (
        CustomerKeys._base_manager.filter(customer__in=reach.order_by().values("pk"))
        .exclude(sound="")
        .values("sound")
        .annotate(alike=Count("customer"), keys=ArrayAgg("customer_id", order_by="customer_id"))
        .filter(alike__gt=1)
        .order_by("sound")[:GROUPS]
    )
    wanted = [two for group in groups for two in combinations(group["keys"][:ALIKE], 2)]
    if not wanted:
        return []
    keys = sorted({key for two in wanted for key in two})
    apart = set(NotTheSame._base_manager.filter(first__in=keys, second__in=keys).values_list("first_id", "second_id"))
    customers = Customer._base_manager.select_related("owner", "business_unit").in_bulk(keys)
    found = [
        pair
        for one, other in wanted
        if (one, other) not in apart and (pair := _judged(customers[one], customers[other]))
    ]
    return sorted(found, key=lambda pair: (-pair.score, pair.first.pk, pair.second.pk))[:limit]


def as_query(customer: Customer) -> CompanyQuery:
    """What is known of a customer, to seek others like it."""
    return CompanyQuery(customer.name, customer.credit_code, customer.phone, place=customer.city or customer.province)


def _judged(first: Customer, second: Customer) -> Pair | None:
    judged: Candidate | None = judge(as_query(first), second)
    if judged is None or judged.verdict is Verdict.RELATED:
        return None
    reasons = tuple(str(reason.label) for reason in judged.reasons)
    return Pair(first, second, judged.verdict, judged.score, reasons)


def set_apart(*, one: int, other: int, actor: User, reason: str) -> NotTheSame:
    """Remember that two customers are two companies: the pair is not proposed again.

    Raises NotAllowed unless the actor may merge both, DomainError without a reason.
    """
    first, second = sorted((one, other))
    reach = Customer.objects.visible_to(actor, write=True).filter(pk__in=(first, second))
    if not actor.has_perm(RIGHT) or reach.count() != 2:
        raise NotAllowed(_("You can judge only customers that you may change."))
    if not reason.strip():
        raise DomainError(_("Say why they are two companies."), field="reason")
    try:
        with transaction.atomic():
            return NotTheSame._base_manager.create(
                first_id=first, second_id=second, reason=reason.strip(), decided_by=actor
            )
    except IntegrityError:
        return NotTheSame._base_manager.get(first=first, second=second)
