"""Fixed choices of orders and what follows them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrderStatus(TextChoices):
    """Where a sales order stands, as the ERP's own statuses add up (sap field map)."""

    OPEN = "open", _("open")
    ON_HOLD = "on_hold", _("on hold")
    PART_DELIVERED = "part_delivered", _("partly delivered")
    DELIVERED = "delivered", _("delivered")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("cancelled")


class ShipmentStatus(TextChoices):
    """Where a delivery stands."""

    PLANNED = "planned", _("planned")
    PICKED = "picked", _("picked")
    SHIPPED = "shipped", _("shipped")
    RECEIVED = "received", _("received")


class InvoiceKind(TextChoices):
    """What a billing document is; it decides the sign of its amounts."""

    INVOICE = "invoice", _("invoice")
    CREDIT_MEMO = "credit_memo", _("credit memo")
    DEBIT_MEMO = "debit_memo", _("debit memo")
    CANCELLATION = "cancellation", _("cancellation")
    PRO_FORMA = "pro_forma", _("pro forma")


class ReceivableKind(TextChoices):
    """What an open item of the customer's account is."""

    INVOICE = "invoice", _("invoice")
    CREDIT_MEMO = "credit_memo", _("credit memo")
    PAYMENT = "payment", _("payment")
    DOWN_PAYMENT = "down_payment", _("down payment")
    OTHER = "other", _("other")


class OrderRequestState(TextChoices):
    """Where an order request stands."""

    DRAFT = "draft", pgettext_lazy("order request", "draft")
    SUBMITTED = "submitted", pgettext_lazy("order request", "submitted")
