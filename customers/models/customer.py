"""The customer, and the figures shown beside it."""

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, OwnedModel, search_index
from crm.base.scopes import ViaParent
from crm.records.models import ExtraModel, ListedField, extra_index
from customers.enums import CustomerKind, CustomerState, Grade, StrategicValue
from customers.querysets import CustomerQuerySet
from customers.validators import validate_credit_code

_SCOPE = (
    "owner",
    "business_unit",
    "merged_into",
)  # kept in the sorts' indexes: a far page is found without reading rows out of reach


@pghistory.track(exclude=["search_text", "group_root", "group_path"])
class Customer(ExtraModel, OwnedModel):
    """A company that buys, or might buy, from us.

    `parent` makes groups; `group_root` and `group_path` ("root/.../self/", empty outside groups) follow from it and are written
    by customers/domain/group.py only.
    """

    code = models.CharField(_("code"), max_length=20, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, blank=True, validators=[validate_credit_code]
    )
    kind = models.CharField(_("type"), max_length=20, choices=CustomerKind.choices, default=CustomerKind.DIRECT)
    state = models.CharField(_("status"), max_length=20, choices=CustomerState.choices, default=CustomerState.PROSPECT)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices, blank=True)
    industry = ListedField(_("industry"), list_key="industry", blank=True)
    application = ListedField(_("application"), list_key="application", max_length=100, blank=True)
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    province = models.CharField(_("province"), max_length=30, blank=True)
    city = models.CharField(_("city"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    website = models.CharField(_("website"), max_length=120, blank=True)
    payment_terms_days = models.PositiveSmallIntegerField(_("payment terms (days)"), null=True, blank=True)
    credit_limit = models.DecimalField(_("credit limit"), max_digits=18, decimal_places=2, null=True, blank=True)
    annual_demand_kg = models.DecimalField(
        _("annual demand (kg)"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent company"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    group_root = models.ForeignKey(
        "self", verbose_name=_("group"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    group_path = models.CharField(max_length=120, editable=False, default="")
    strategic_value = models.PositiveSmallIntegerField(
        _("strategic value"),
        null=True,
        blank=True,
        choices=StrategicValue.choices,
        help_text=_("Benchmark account, new application, technology: as those judge it who know the customer."),
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("next step on"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="merged_customers",
    )
    # Codes and names of those merged into it, a line each: whoever seeks them finds this one.
    known_as = models.TextField(_("also known as"), editable=False, default="", db_default="", blank=True)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = CustomerQuerySet.as_manager()
    remote_choices = True

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["code"]
        permissions = [
            ("transfer_customer", _("Can hand customers over to another owner")),
            ("skip_registration", _("Can enter customers without registration")),
            ("set_grade", _("Can set grades of customers")),
            ("change_protected", _("Can change protected fields of customers without approval")),
            ("merge_customer", _("Can merge customers")),
            ("merge_across_units", _("Can merge customers of different business units")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="customer_not_merged_into_itself"),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                name="customer_credit_code_unique",
                violation_error_message=_("Another customer has this credit code: open that customer instead."),
            ),
            models.CheckConstraint(
                condition=Q(credit_limit__isnull=True) | Q(credit_limit__gte=0),
                name="customer_credit_limit_positive",
                violation_error_message=_("The credit limit must not be negative."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="customer_not_its_own_parent",
                violation_error_message=_("A company cannot be its own parent."),
            ),
            models.CheckConstraint(
                condition=Q(annual_demand_kg__isnull=True) | Q(annual_demand_kg__gte=0),
                name="customer_annual_demand_not_negative",
                violation_error_message=_("The yearly demand must not be negative."),
            ),
        ]
        indexes = [
            search_index("customer_search"),
            extra_index("customer_extra"),
            models.Index(fields=["owner", "code"], name="customer_owner_code"),
            models.Index(fields=["team", "code"], name="customer_team_code"),
            models.Index(fields=["business_unit", "code"], name="customer_unit_code"),
            models.Index(fields=["name", "id"], include=_SCOPE, name="customer_name"),
            models.Index(fields=["updated_at", "id"], include=_SCOPE, name="customer_changed"),
            models.Index(fields=["grade", "id"], include=_SCOPE, name="customer_grade"),
            models.Index(fields=["next_step_on", "id"], include=_SCOPE, name="customer_next_step"),
            models.Index(
                fields=["group_path"],
                opclasses=["varchar_pattern_ops"],
                condition=~Q(group_path=""),
                name="customer_group_path",
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="customer_merged"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class CustomerFigures(BaseModel):
    """Key figures of a customer in base currency, refreshed after each sync and nightly; never typed.

    `sales_by_month` holds the invoiced net sales of the last 12 months, oldest first, this month last.
    """

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, primary_key=True, related_name="figures")
    sales_12m = models.DecimalField(_("sales, 12 months"), max_digits=18, decimal_places=2, default=0)
    sales_12m_before = models.DecimalField(_("sales, 12 months before"), max_digits=18, decimal_places=2, default=0)
    sales_by_month = ArrayField(models.DecimalField(max_digits=18, decimal_places=2), default=list)
    volume_12m_kg = models.DecimalField(_("volume, 12 months (kg)"), max_digits=18, decimal_places=3, default=0)
    receivable = models.DecimalField(_("receivables"), max_digits=18, decimal_places=2, default=0)
    overdue = models.DecimalField(_("overdue"), max_digits=18, decimal_places=2, default=0)
    last_order_on = models.DateField(_("last order"), null=True)
    share_of_wallet = models.DecimalField(_("share of wallet (%)"), max_digits=5, decimal_places=2, null=True)
    refreshed_at = models.DateTimeField(_("as of"))

    scope = ViaParent("customer")

    class Meta:
        verbose_name = _("figures of a customer")
        verbose_name_plural = _("figures of customers")
        indexes = [
            models.Index(fields=["sales_12m", "customer"], name="customer_figures_sales"),
            models.Index(fields=["overdue", "customer"], name="customer_figures_overdue"),
            models.Index(fields=["receivable", "customer"], name="customer_figures_receivable"),
            models.Index(fields=["last_order_on", "customer"], name="customer_figures_last_order"),
            models.Index(fields=["share_of_wallet", "customer"], name="customer_figures_wallet"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.sales_12m}"
