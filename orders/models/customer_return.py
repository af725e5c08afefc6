"""Returns of goods and requests for credit memos."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.enums import ReturnKind, ReturnStatus
from orders.models.document import IN_SCOPE, Document, DocumentLine, changes_only, document


@changes_only("read_at")
class CustomerReturn(Document):
    """What a customer sends back, or is to be credited for: a sales document of the ERP. Amounts are positive, as there.

    `reference` is the order or the billing document that it goes back to. It counts in no figure; its credit memo does.
    """

    kind = models.CharField(_("type"), max_length=20, choices=ReturnKind.choices)
    reason = models.CharField(_("reason"), max_length=10, blank=True)
    customer_reference = models.CharField(_("customer's reference"), max_length=60, blank=True)
    requested_on = models.DateField(_("date"))
    reference = models.CharField(_("goes back to"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=ReturnStatus.choices, default=ReturnStatus.OPEN)
    net = models.DecimalField(_("net amount"), max_digits=18, decimal_places=3)
    net_base = models.DecimalField(_("net amount in base currency"), max_digits=18, decimal_places=2)

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns and credit requests")
        ordering = ["-requested_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["number"], name="customer_return_number_unique")]
        indexes = [
            models.Index(fields=["customer", "requested_on"], name="customer_return_customer"),
            models.Index(fields=["requested_on", "id"], include=IN_SCOPE, name="customer_return_date"),
            models.Index(fields=["net_base", "id"], include=IN_SCOPE, name="customer_return_net"),
            models.Index(fields=["number"], opclasses=["varchar_pattern_ops"], name="customer_return_begins"),
            models.Index(fields=["reference"], name="customer_return_reference"),
            models.Index(fields=["owner"], name="customer_return_owner"),
            models.Index(fields=["team"], name="customer_return_team"),
        ]


@changes_only()
class CustomerReturnLine(DocumentLine):
    """A line of a return; it names the line of the order or billing document that it goes back to."""

    customer_return = document(CustomerReturn, _("return"))
    requested_on = models.DateField(_("date"))
    reference_number = models.CharField(_("goes back to"), max_length=40, blank=True)
    reference_item = models.PositiveIntegerField(_("item there"), null=True)
    rejected = models.BooleanField(_("rejected"), default=False)
    net = models.DecimalField(_("net amount"), max_digits=18, decimal_places=3)
    net_base = models.DecimalField(_("net amount in base currency"), max_digits=18, decimal_places=2)

    trail_parent = "customer_return"

    class Meta:
        verbose_name = _("line of a return")
        verbose_name_plural = _("lines of returns")
        ordering = ["customer_return", "item"]
        constraints = [models.UniqueConstraint(fields=["customer_return", "item"], name="customer_return_line_unique")]
        indexes = [models.Index(fields=["reference_number", "reference_item"], name="customer_return_line_reference")]

    def __str__(self) -> str:
        return f"{self.customer_return_id}/{self.item}"
