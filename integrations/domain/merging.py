"""The keys that a customer has in other systems: after a merge the next sync of the loser's number finds the winner."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.domain.merging.moves import change_rows, foreign_keys
from customers.extension_points import MergeMover, Moved
from integrations.models import ExternalRef

CUSTOMER = "customer"


def _refs(customer: int) -> Any:
    return ExternalRef._base_manager.filter(entity=CUSTOMER, object_id=customer)


def _move(loser: int, winner: int) -> Sequence[Moved]:
    return change_rows(_refs(loser), "object_id", loser, winner)


ERP_ACCOUNTS = foreign_keys("erp_accounts", _("Accounts in the ERP"), "integrations.ErpCustomer.customer", order=910)
NUMBER_LINKS = foreign_keys(
    "erp_number_links", _("Numbers given by hand"), "integrations.NumberLink.customer", order=905
)
EXTERNAL_KEYS = MergeMover(
    "external_keys",
    _("Numbers in the ERP"),
    ("integrations.ExternalRef.object_id",),
    lambda loser: int(_refs(loser).count()),
    _move,
    order=900,
)
