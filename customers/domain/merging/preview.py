"""What a merge would do, before it is done."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm.models import User
from customers.domain.merging.pairs import as_query
from customers.domain.recognition import Candidate, find_candidates, judge
from customers.extension_points import Label, merge_movers
from customers.models import Customer

PROPOSED = 8


@dataclass(frozen=True)
class Count:
    """How many records of a kind go along."""

    label: Label
    number: int


def what_moves(loser: Customer) -> list[Count]:
    """Of each kind that there is any of."""
    counts = [Count(mover.label, mover.count(loser.pk)) for mover in merge_movers.all()]
    return [count for count in counts if count.number]


def warnings_for(winner: Customer, loser: Customer) -> list[str]:
    """What speaks against it, in words."""
    out = []
    if winner.credit_code and loser.credit_code and winner.credit_code != loser.credit_code:
        out.append(_("They have different credit codes: are they really one company?"))
    if winner.business_unit_id != loser.business_unit_id:
        out.append(_("They belong to different business units."))
    if judge(as_query(loser), winner) is None:
        out.append(_("Their names are not alike."))
    return out


def proposed_for(customer: Customer, user: User) -> list[Candidate]:
    """Customers that may be the same company and that the user may change."""
    found = find_candidates(as_query(customer), besides=customer.pk, limit=PROPOSED * 2)
    keys = [candidate.customer.pk for candidate in found]
    seen = set(Customer.objects.visible_to(user, write=True).filter(pk__in=keys).values_list("pk", flat=True))
    return [candidate for candidate in found if candidate.customer.pk in seen][:PROPOSED]


def winner_of(key: int, user: User) -> Customer | None:
    """The customer that the one of this key was merged into, if the user sees it."""
    found = Customer._base_manager.filter(pk=key, merged_into__isnull=False).values("merged_into")
    return Customer.objects.visible_to(user).filter(pk__in=found).first()


def standing(key: int) -> int:
    """The key of the customer itself, or of the one that it was merged into."""
    winner = Customer._base_manager.filter(pk=key).values_list("merged_into", flat=True).first()
    return winner or key
