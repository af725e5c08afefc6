"""What the ERP's keys mean here."""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext as _

from crm.catalogue.models import Product, ProductLine, Unit
from customers.models import Customer
from integrations.models import ExternalRef
from integrations.sap.mapping.base import Rejected
from orders.domain.conversion import Conversion

SYSTEM = "SAP"
FEW = 5000  # keys that are named in a query; for more all are read


class KnownKeys:
    """Customers and products by their key in the ERP, with rates and units. Made once per run; customers are looked up by page.

    With `prepare_all` it knows every customer, and mapping asks the database nothing: documents can be mapped in any thread.
    """

    def __init__(self) -> None:
        self.conversion = Conversion()
        self._products = _known("product", Product, None)
        self._units = dict(Unit.objects.values_list("code", "pk"))
        self._lines = dict(ProductLine.objects.values_list("code", "pk"))
        self._customers: dict[str, int] = {}

    def prepare(self, customer_keys: Iterable[str]) -> None:
        """Look up the customers of a page at once."""
        wanted = {key for key in customer_keys if key not in self._customers}
        if wanted:
            self._customers |= _known("customer", Customer, sorted(wanted))

    def prepare_all(self) -> None:
        """Look up all customers."""
        self._customers = _known("customer", Customer, None)

    def lost(self) -> list[tuple[str, int]]:
        """("customer" or "product", its key here) of those that no longer have the number they were looked up by."""
        found = []
        for kind, model, before in (("customer", Customer, self._customers), ("product", Product, self._products)):
            now = _known(kind, model, None if len(before) > FEW else sorted(before)) if before else {}
            found += [(kind, pk) for key, pk in before.items() if now.get(key) != pk]
        return found

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

    def known_product(self, key: str) -> int | None:
        """Our product of that number, or of that code; None when there is none."""
        return self._products.get(key) or Product.objects.filter(code=key).values_list("pk", flat=True).first()

    def unit(self, code: str) -> int:
        """Our unit of that code. Raises Rejected when the list of units lacks it."""
        if code not in self._units:
            raise Rejected(_("The unit %(code)s is not in the list of units: enter it.") % {"code": code or "?"})
        return self._units[code]

    def product_line(self, code: str) -> int | None:
        """Our product line of that code; None when there is none."""
        return self._lines.get(code)


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
