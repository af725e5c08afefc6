"""What the ERP says of customers and products, shown beside them: read only, written by the sync."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import Reference, ViaParent


class ErpCustomer(BaseModel):
    """A customer account of the ERP. A customer that two were merged into has several.

    `areas` are the sales areas: area, currency, terms, customer_group, price_group, incoterms, blocks (codes by what is blocked).
    `companies` are the company codes: company, terms, blocks. Neither has a stamp there; what changes in them alone is seen by
    the nightly pass.
    """

    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("number"), max_length=20, unique=True)
    partner = models.CharField(_("business partner"), max_length=20, db_index=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    account_group = models.CharField(_("account group"), max_length=10, blank=True)
    blocks = models.JSONField(_("blocks"), default=list)
    areas = models.JSONField(_("sales areas"), default=list)
    companies = models.JSONField(_("company codes"), default=list)
    gone = models.BooleanField(_("marked for deletion in the ERP"), default=False)
    read_at = models.DateTimeField(_("read from the ERP"))
    vanished_at = models.DateTimeField(_("no longer in the ERP since"), null=True)

    scope = ViaParent("customer")

    class Meta:
        verbose_name = _("customer account in the ERP")
        verbose_name_plural = _("customer accounts in the ERP")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class ErpCredit(BaseModel):
    """A credit account of the ERP. It names the business partner, which may be read later than it."""

    key = models.CharField(_("key there"), max_length=40, unique=True)
    partner = models.CharField(_("business partner"), max_length=20, db_index=True)
    segment = models.CharField(_("credit segment"), max_length=20)
    credit_limit = models.DecimalField(_("credit limit"), max_digits=18, decimal_places=3)
    currency = models.CharField(_("currency"), max_length=5)
    valid_until = models.DateField(_("valid until"), null=True)
    blocked = models.BooleanField(_("blocked"), default=False)
    read_at = models.DateTimeField(_("read from the ERP"))
    vanished_at = models.DateTimeField(_("no longer in the ERP since"), null=True)

    scope = Reference("shown beside a customer account that the reader may see")

    class Meta:
        verbose_name = _("credit account in the ERP")
        verbose_name_plural = _("credit accounts in the ERP")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class ErpProduct(BaseModel):
    """What the ERP says of a product beyond what the catalogue holds.

    `sales` are the distribution chains: chain, minimum, unit, status, gone. `plants` are codes of plants.
    """

    product = models.ForeignKey("crm.Product", verbose_name=_("product"), on_delete=models.CASCADE, related_name="+")
    number = models.CharField(_("number"), max_length=40, unique=True)
    product_type = models.CharField(_("product type"), max_length=10, blank=True)
    product_group = models.CharField(_("product group"), max_length=20, blank=True)
    sales = models.JSONField(_("distribution chains"), default=list)
    plants = models.JSONField(_("plants"), default=list)
    gone = models.BooleanField(_("marked for deletion in the ERP"), default=False)
    read_at = models.DateTimeField(_("read from the ERP"))
    vanished_at = models.DateTimeField(_("no longer in the ERP since"), null=True)

    scope = ViaParent("product")

    class Meta:
        verbose_name = _("product in the ERP")
        verbose_name_plural = _("products in the ERP")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number
