"""Which customers a company that somebody names may be, and what a person is shown of them.

All customers of the company are looked at, in or out of anybody's reach. Out of reach a person is told name, city, status, owner
and business unit: never a number, a contact, a phone or a figure.
"""

from dataclasses import dataclass
from typing import Any

import structlog
from django.db.models import Q

from crm.base.querysets import fold
from crm.models import User
from crm.records.pinyin import pinyin_of
from customers.domain.duplicates import normalised_name
from customers.enums import RegistrationState
from customers.models import Customer, CustomerRegistration

log = structlog.get_logger(__name__)

LOOKED_AT = 60
SHOWN = 8
SHORTEST = 2  # characters that are looked for


@dataclass(frozen=True)
class Known:
    """A customer that may be the company, as one person may see it. `certain`: the same name or the same credit code.

    `customer` is its key, 0 for a company that is being registered.
    """

    customer: int
    name: str
    city: str
    state: str
    owner: str
    business_unit: str
    certain: bool
    in_reach: bool

    def passed_over(self) -> dict[str, Any]:
        """What is kept of it when it is none of these."""
        return {"customer": self.customer, "name": self.name, "certain": self.certain}


def candidates(*, actor: User, text: str, credit_code: str = "") -> list[Known]:
    """The likeliest customers for what was typed, a name or a credit code; none for less than two characters."""
    found = _found(text, credit_code)[:SHOWN]
    keys = [row.pk for row, _certain in found]
    visible = (
        set(Customer.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    )
    known = [
        Known(
            customer=row.pk,
            name=row.name,
            city=row.city,
            state=row.get_state_display(),
            owner=row.owner.label if row.owner else "",
            business_unit=row.business_unit.label,
            certain=certain,
            in_reach=row.pk in visible,
        )
        for row, certain in found
    ]
    return known + _registered(text, credit_code)


def same_company(*, name: str, credit_code: str, besides: set[int]) -> Customer | None:
    """The customer that is this company beyond doubt, in or out of reach; those that are known to be others are left out."""
    return next((row for row, certain in _found(name, credit_code) if certain and row.pk not in besides), None)


def _registered(text: str, credit_code: str) -> list[Known]:
    """Companies that somebody has registered and that wait for their decision."""
    wanted = normalised_name(text)
    if len(wanted) < SHORTEST:
        return []
    rows = CustomerRegistration.objects.filter(state=RegistrationState.SUBMITTED)
    same = Q(name_key__contains=wanted) | (Q(credit_code=credit_code) if credit_code else Q(pk__in=[]))
    return [
        Known(
            customer=0,
            name=row.name,
            city=row.city,
            state=row.get_state_display(),
            owner=row.owner.label if row.owner else "",
            business_unit=row.business_unit.label,
            certain=row.name_key == wanted,
            in_reach=False,
        )
        for row in rows.filter(same).select_related("owner", "business_unit").order_by("pk")[:SHOWN]
    ]


def _found(text: str, credit_code: str) -> list[tuple[Customer, bool]]:
    """Customers that match, the certain ones first, with whether they are."""
    wanted, codes = normalised_name(text), {code for code in (credit_code, fold(text).upper()) if len(code) == 18}
    if len(wanted) < SHORTEST and not codes:
        return []
    rows = Customer.objects.select_related("owner", "business_unit").order_by("code")
    found: dict[int, Customer] = {row.pk: row for row in rows.filter(Q(credit_code__in=codes))} if codes else {}
    certain = set(found)
    if len(wanted) >= SHORTEST:
        # punctuation inside a Chinese name does not change its pinyin
        sounds = Q() if text.isascii() else Q(search_text__bigram=pinyin_of(text)[0])
        for row in [*rows.search(text)[:LOOKED_AT], *(rows.filter(sounds)[:LOOKED_AT] if sounds else ())]:
            found.setdefault(row.pk, row)
            if normalised_name(row.name) == wanted:
                certain.add(row.pk)
    begins = fold(text)
    ranked = sorted(
        found.values(), key=lambda row: (row.pk not in certain, not fold(row.name).startswith(begins), row.code)
    )
    return [(row, row.pk in certain) for row in ranked]


def look_up(*, actor: User, text: str) -> list[Known]:
    """The same for 'does it exist?': the question and its answer are logged."""
    found = candidates(actor=actor, text=text)
    log.info("asked whether a customer exists", person=actor.pk, asked=text, answer=[known.customer for known in found])
    return found
