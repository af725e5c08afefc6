"""What the ERP's keys mean here."""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext as _

from crm.catalogue.models import Product
from customers.models import Customer
from integrations.models import ExternalRef
from integrations.sap.mapping.base import Rejected
from orders.domain.conversion import Conversion

SYSTEM = "SAP"


class KnownKeys:
    """Customers and products by their key in the ERP, with rates and units. Made once per run; keys are looked up by page."""

    def __init__(self) -> None:
        self.conversion = Conversion()
        self._products = _known("product", Product, None)
        self._customers: dict[str, int] = {}

    def prepare(self, customer_keys: Iterable[str]) -> None:
        """Look up the customers of a page at once."""
        wanted = {key for key in customer_keys if key not in self._customers}
        if wanted:
            self._customers |= _known("customer", Customer, sorted(wanted))

    def customer(self, key: str) -> int:
        """Our customer of that number. Raises Rejected when nobody has it."""
        if key not in self._customers:
            raise Rejected(_("No customer has the ERP number %(number)s.") % {"number": key or "?"})
        return self._customers[key]

    def product(self, key: str) -> int | None:
        """Our product of that number; None for an item without one. Raises Rejected when no product has the number."""
        if not key:
            return None
        if key not in self._products:
            raise Rejected(_("No product has the ERP number %(number)s.") % {"number": key})
        return self._products[key]


def _known(entity: str, model: type[Customer] | type[Product], keys: list[str] | None) -> dict[str, int]:
    """Key there -> id here, of the rows that exist here; all keys for None."""
    sql = (
        f"SELECT r.external_id, r.object_id FROM {ExternalRef._meta.db_table} r"  # noqa: S608 -- our own names
        f" JOIN {model._meta.db_table} t ON t.id = r.object_id WHERE r.system = %s AND r.entity = %s"
    )
    narrow = "" if keys is None else " AND r.external_id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(sql + narrow, [SYSTEM, entity] + ([] if keys is None else [keys]))
        return dict(cursor.fetchall())
