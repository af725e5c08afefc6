"""Which customers a company that somebody names may be, and what a person is shown of them.

All customers of the company are looked at, in or out of anybody's reach. Out of reach a person is told name, city, status, owner
and business unit: never a number, a contact, a phone or a figure.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from crm.base.querysets import fold
from crm.models import User
from customers.domain.existence import does_it_exist
from customers.domain.recognition import CompanyQuery, Verdict, find_candidates, plain_code
from customers.enums import RegistrationState
from customers.models import Customer, CustomerRegistration

_NOT_WORDS = re.compile(r"[\W_]+")
CODE_LENGTH = 18
MANY = 30  # that are looked through for the same company
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


def candidates(*, actor: User, text: str, credit_code: str = "", phone: str = "", email: str = "") -> list[Known]:
    """The likeliest customers for what was typed, a name or a credit code, and for what else is known of the company; none for
    less than two characters."""
    found = _found(text, credit_code, phone=phone, email=email)
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
    return next((row for row, certain in _found(name, credit_code, MANY) if certain and row.pk not in besides), None)


def _registered(text: str, credit_code: str) -> list[Known]:
    """Companies that somebody has registered and that wait for their decision."""
    wanted = plain_name(text)
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


def _found(
    text: str, credit_code: str, limit: int = SHOWN, *, phone: str = "", email: str = ""
) -> list[tuple[Customer, bool]]:
    """Customers that match, the likeliest first, with whether it is beyond doubt. After those that are recognised come those
    whose names hold what was typed so far, also as pinyin."""
    if len(plain_name(text)) < SHORTEST and not credit_code:
        return []
    certain = {
        found.customer.pk: found.verdict is Verdict.CERTAIN
        for found in find_candidates(replace(_query(text, credit_code), phone=phone, email=email), limit=limit)
    }
    if len(certain) < limit and not text.replace(" ", "").isdigit():  # digits would find phone numbers
        for key in Customer.objects.search(text).order_by("code").values_list("pk", flat=True)[:limit]:
            certain.setdefault(key, False)
    rows = Customer.objects.select_related("owner", "business_unit").in_bulk(certain)
    wanted = plain_name(text)
    known = [(rows[key], sure or plain_name(rows[key].name) == wanted) for key, sure in certain.items() if key in rows]
    return sorted(known, key=lambda entry: not entry[1])[:limit]


def _query(text: str, credit_code: str) -> CompanyQuery:
    """What is asked: what looks like a credit code is one."""
    code = plain_code(text)
    if len(code) == CODE_LENGTH and code.isascii():
        return CompanyQuery(credit_code=credit_code or code)
    return CompanyQuery(name=text, credit_code=credit_code)


def plain_name(name: str) -> str:
    """The name without case, width, blanks and punctuation: what makes two spellings the same name."""
    return _NOT_WORDS.sub("", fold(name))


def look_up(*, actor: User, text: str) -> list[Known]:
    """The same for 'does it exist?': the question and its answer are logged."""
    does_it_exist(actor=actor, query=_query(text, ""), limit=SHOWN)
    return candidates(actor=actor, text=text)
