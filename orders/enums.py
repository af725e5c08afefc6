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


NOTHING_LEFT_TO_SHIP = (
    OrderStatus.DELIVERED,
    OrderStatus.COMPLETED,
)  # whatever is missing: the ERP allows for a tolerance


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
    REMAINDER = "remainder", _("remainder or repayment")  # what a payment left open, or gave back
    OTHER = "other", _("other")


class ReturnKind(TextChoices):
    """What a customer asks for."""

    RETURN = "return", _("return of goods")
    CREDIT = "credit", _("credit memo request")


class ReturnStatus(TextChoices):
    """Where a return or a credit memo request stands."""

    OPEN = "open", _("open")
    IN_WORK = "in_work", _("in work")
    COMPLETED = "completed", _("completed")
    REJECTED = "rejected", _("rejected")


class OrderRequestState(TextChoices):
    """Where an order request stands."""

    DRAFT = "draft", pgettext_lazy("order request", "draft")
    SUBMITTED = "submitted", pgettext_lazy("order request", "submitted")
    ENTERED = "entered", pgettext_lazy("order request", "in the ERP")
