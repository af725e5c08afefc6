"""What can be asked about orders, invoices and receivables; the figures take their meaning from here."""

import datetime as dt
from decimal import Decimal
from typing import Any, Self

from django.db.models import DecimalField, ExpressionWrapper, F, Q, Value
from django.db.models.lookups import LessThan

from crm.base.querysets import ScopedQuerySet, words
from customers.models import Customer
from orders.enums import NOTHING_LEFT_TO_SHIP, InvoiceKind, OrderStatus, ReceivableKind
from orders.priced import guide_price, standard_cost

FEW_CUSTOMERS = 2000
_AMOUNT = DecimalField(max_digits=24, decimal_places=4)
_CENT = Value(Decimal("0.01"))


class DocumentQuerySet(ScopedQuerySet):
    """Documents of the ERP."""

    def search(self, text: str) -> Self:
        """Documents whose number begins with the text, or whose customer the text finds. Reads the customers first.

        Few customers go into the query as a list, which their index serves beside that of numbers. Many are looked at along the
        way instead: then the first rows of any order are near at hand.
        """
        text = text.strip()
        if not text:
            return self
        few = list(Customer.objects.search(text).order_by().values_list("pk", flat=True)[: FEW_CUSTOMERS + 1])
        found = Q(customer__any_of=few)
        if len(few) > FEW_CUSTOMERS:
            found = Q(*[Q(customer__search_text__contains=word) for word in words(text)])
        return self.filter(self._begins(text) | found)

    def numbered(self, text: str) -> Self:
        """Documents whose number begins with the text."""
        return self.filter(self._begins(text))

    def _begins(self, text: str) -> Q:
        return Q(number__startswith=text)


class SalesOrderQuerySet(DocumentQuerySet):
    """Orders by status."""

    def _begins(self, text: str) -> Q:
        """An order is found by the customer's reference as well."""
        return super()._begins(text) | Q(customer_reference__istartswith=text)

    def late_at(self, day: dt.date) -> Self:
        """Those with a line that was promised for an earlier day and has not left in full."""
        lines: Any = self.model._meta.get_field("lines").related_model
        late = lines.objects.late_at(day).values("order")
        return self.filter(pk__in=late)

    def open(self) -> Self:
        """Those still to be delivered."""
        return self.filter(
            status__in=[OrderStatus.OPEN, OrderStatus.ON_HOLD, OrderStatus.PART_DELIVERED], gone_at__isnull=True
        )


class LineQuerySet(ScopedQuerySet):
    """Lines of documents."""

    def by_weight(self) -> Self:
        """Those of products sold by weight: their base quantity is in kg, so volumes add up."""
        return self.filter(product__base_unit__code="KG")


class SalesOrderLineQuerySet(LineQuerySet):
    """Order lines as figures count them."""

    def valid(self) -> Self:
        """Those that count: not rejected, the order not cancelled and still in the ERP."""
        return self.filter(rejected=False, order__gone_at__isnull=True).exclude(order__status=OrderStatus.CANCELLED)

    def below_guide(self) -> Self:
        """Those sold below the guide price of their day; a cent of the line's amount is rounding."""
        wanted = ExpressionWrapper(guide_price() * F("quantity_base"), _AMOUNT)
        return self.filter(LessThan(ExpressionWrapper(F("net_base") + _CENT, _AMOUNT), wanted))

    def with_margin(self) -> Self:
        """Those of products with a known standard cost, each with `margin`: its net amount less that cost."""
        margin = ExpressionWrapper(F("net_base") - standard_cost() * F("quantity_base"), _AMOUNT)
        return self.annotate(margin=margin).filter(margin__isnull=False)

    def on_time(self) -> Self:
        """Those shipped in full not later than promised."""
        return self.filter(shipped_on__lte=F("promised_on"))

    def late_at(self, day: dt.date) -> Self:
        """Of those that count, the ones promised for an earlier day that have not left in full; of an order that the ERP calls
        delivered nothing more leaves."""
        waiting = self.valid().exclude(order__status__in=NOTHING_LEFT_TO_SHIP)
        return waiting.filter(promised_on__lt=day, shipped_on__isnull=True)


class InvoiceQuerySet(DocumentQuerySet):
    """Invoices by what they count for."""

    def real(self) -> Self:
        """Those that count in figures: pro forma does not."""
        return self.exclude(kind=InvoiceKind.PRO_FORMA).filter(gone_at__isnull=True)


class InvoiceLineQuerySet(LineQuerySet):
    """Invoice lines as figures count them."""

    def real(self) -> Self:
        """Those of invoices that count in figures."""
        return self.exclude(invoice__kind=InvoiceKind.PRO_FORMA).filter(invoice__gone_at__isnull=True)


class ReceivableQuerySet(DocumentQuerySet):
    """Items of customers' accounts."""

    def open_now(self, today: dt.date) -> Self:
        """Those open today: `open_at(today)`, served by the index of what is not cleared."""
        return self.filter(cleared_on__isnull=True).open_at(today)

    def overdue_now(self, today: dt.date) -> Self:
        """Those overdue today: `overdue_at(today)`, served by the index of what is not cleared."""
        return self.filter(cleared_on__isnull=True).overdue_at(today)

    def _begins(self, text: str) -> Q:
        """An item is found by its invoice: its own number is a key of four parts."""
        return super()._begins(text) | Q(invoice_number__startswith=text)

    def open_at(self, day: dt.date) -> Self:
        """Those open at the end of that day: posted by then and not cleared by then."""
        return self.filter(posted_on__lte=day, gone_at__isnull=True).filter(
            Q(cleared_on__isnull=True) | Q(cleared_on__gt=day)
        )

    def overdue_at(self, day: dt.date) -> Self:
        """Of the open ones, the claims whose due date is before that day.

        What is in the customer's favour (payments, credit memos, cancellations not matched yet) is never overdue.
        """
        return self.open_at(day).filter(due_on__lt=day, amount_base__gt=0)

    def overdue_days_at(self, day: Any, first: int, last: int | None = None) -> Self:
        """Of those overdue at that day, the ones overdue for `first` to `last` days (None: and longer)."""
        found = self.overdue_at(day).filter(due_on__lte=day - dt.timedelta(days=first))
        return found if last is None else found.filter(due_on__gte=day - dt.timedelta(days=last))

    def receipts(self) -> Self:
        """Money received: payments and down payments (their amounts are negative), and what they left open or gave back."""
        kinds = [ReceivableKind.PAYMENT, ReceivableKind.DOWN_PAYMENT, ReceivableKind.REMAINDER]
        return self.filter(kind__in=kinds, gone_at__isnull=True)
