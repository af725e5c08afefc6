""" "Does it exist?": the answer a person may have, and the log of who asked for what and what the answer was."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from crm.models import User
from crm.records.masking import mask
from customers.domain.recognition import Candidate, CompanyQuery, Verdict, find_candidates
from customers.domain.recognition_keys import domain_of
from customers.models import Customer, ExistenceLookup

KEPT_DAYS = 365


@dataclass(frozen=True)
class KnownCompany:
    """What a person is shown of a candidate. Out of the person's reach only these words are filled: never the record's key or
    number, nor anything of contacts, phones or figures."""

    name: str
    city: str
    business_unit: str
    owner: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    in_reach: bool
    pk: int | None = None
    code: str = ""

    @property
    def certain(self) -> bool:
        """Whether it is the same company beyond reasonable doubt."""
        return self.verdict is Verdict.CERTAIN


def does_it_exist(
    *, actor: User, query: CompanyQuery, besides: int | None = None, limit: int = 10
) -> list[KnownCompany]:
    """The customers that may be the company, as the person may see them. The question and its answer are logged."""
    candidates = find_candidates(query, besides=besides, limit=limit)
    answer = shown_to(actor, candidates)
    with transaction.atomic():
        ExistenceLookup._base_manager.create(
            actor=actor,
            asked=_asked(query),
            answer=[
                {
                    "customer": candidate.customer.pk,
                    "verdict": str(candidate.verdict.value),
                    "score": candidate.score,
                    "in_reach": known.in_reach,
                }
                for candidate, known in zip(candidates, answer, strict=True)
            ],
        )
    return answer


def shown_to(user: User, candidates: list[Candidate]) -> list[KnownCompany]:
    """The candidates as this person may see them, in their order. Three queries however many there are."""
    keys = [candidate.customer.pk for candidate in candidates]
    visible = set(Customer.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    rows = Customer._base_manager.select_related("owner", "business_unit").only(
        "city", "name", "code", "owner", "business_unit"
    )
    people: dict[int, Any] = rows.in_bulk(keys) if keys else {}
    return [
        _shown(candidate, people[candidate.customer.pk], candidate.customer.pk in visible) for candidate in candidates
    ]


def _shown(candidate: Candidate, customer: Customer, in_reach: bool) -> KnownCompany:
    return KnownCompany(
        name=customer.name,
        city=customer.city,
        business_unit=customer.business_unit.label,
        owner=customer.owner.label if customer.owner else "",
        verdict=candidate.verdict,
        score=candidate.score,
        reasons=tuple(str(reason.label) for reason in candidate.reasons),
        in_reach=in_reach,
        pk=customer.pk if in_reach else None,
        code=customer.code if in_reach else "",
    )


def _asked(query: CompanyQuery) -> dict[str, str]:
    """The question without personal data."""
    asked = {
        "name": query.name,
        "credit_code": query.credit_code,
        "phone": mask(query.phone),
        "domain": domain_of(query.email),
        "place": query.place,
    }
    return {key: value[:200] for key, value in asked.items() if value}


def forget_lookups() -> int:
    """Remove what is older than a year; returns how many entries."""
    old = timezone.now() - dt.timedelta(days=KEPT_DAYS)
    return ExistenceLookup._base_manager.filter(at__lt=old).delete()[0]
