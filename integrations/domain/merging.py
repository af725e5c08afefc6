"""The keys that a customer has in other systems: after a merge the next sync of the loser's number finds the winner."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.domain.merging.moves import change_rows
from customers.extension_points import MergeMover, Moved
from integrations.models import ExternalRef

CUSTOMER = "customer"


def _refs(customer: int) -> Any:
    return ExternalRef._base_manager.filter(entity=CUSTOMER, object_id=customer)


def _move(loser: int, winner: int) -> Sequence[Moved]:
    return change_rows(_refs(loser), "object_id", loser, winner)


EXTERNAL_KEYS = MergeMover(
    "external_keys",
    _("Numbers in the ERP"),
    ("integrations.ExternalRef.object_id",),
    lambda loser: int(_refs(loser).count()),
    _move,
    order=900,
)
