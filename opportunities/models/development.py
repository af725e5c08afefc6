"""New products developed with a customer (新品开发协同): what is wanted, whether it can be made, the project, and its release."""

from decimal import Decimal
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, OwnedModel, RecordModel, StateChange, search_index
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.records.models import ListedField
from crm.transitions import Transitions, moves
from opportunities import development_rules as rules
from opportunities.enums import DevelopmentCostKind, DevelopmentState, Feasibility
from opportunities.querysets import DevelopmentQuerySet

VIEW_COST = "crm.view_cost"


@pghistory.track(exclude=["search_text", "answer_chased_on"])
class DevelopmentRequest(OwnedModel):
    """A product that a customer wants and we do not have yet.

    `due_on` is the day agreed on when the project was set up: whether it was finished in time is measured by it, so it stays.
    `product` is what was released in the end. `answer_chased_on`: the owner was told that research has not answered in time.
    """

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("what is wanted"), max_length=200)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="developments"
    )
    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        verbose_name=_("opportunity"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="developments",
    )
    product_line = models.ForeignKey(
        "crm.ProductLine", verbose_name=_("product line"), on_delete=models.PROTECT, related_name="+"
    )
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    application = models.CharField(_("market and application"), max_length=200, blank=True)
    background = models.TextField(_("background"), blank=True)
    volume_kg = models.DecimalField(
        _("expected volume (kg per year)"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    target_price = models.DecimalField(
        _("target price (per kg)"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    currency = models.ForeignKey(
        "crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, default="CNY", related_name="+"
    )
    wanted_on = models.DateField(_("wanted by the customer on"), null=True, blank=True)
    samples_wanted = models.CharField(
        _("samples wanted"), max_length=200, blank=True, help_text=_("How much for which trial, as 3 × 1 kg.")
    )

    # feasibility
    answer_due = models.DateField(_("answer of R&D due"), null=True, editable=False)
    answer_chased_on = models.DateField(null=True, editable=False)
    researcher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible researcher"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    verdict = models.CharField(
        pgettext_lazy("development", "feasibility"),
        max_length=10,
        choices=Feasibility.choices,
        blank=True,
        editable=False,
    )
    feasibility = models.TextField(_("answer of R&D"), blank=True, editable=False)
    doubts = models.TextField(_("doubts"), blank=True, editable=False)
    promised_on = models.DateField(_("promised for"), null=True, editable=False)

    # project
    set_up_on = models.DateField(_("set up on"), null=True, editable=False)
    due_on = models.DateField(_("to be released by"), null=True, editable=False)
    released_on = models.DateField(_("released on"), null=True, editable=False)
    product = models.ForeignKey(
        "crm.Product",
        verbose_name=_("released product"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="developments",
    )
    end_reason = ListedField(_("why it ended"), list_key="development_end", blank=True, editable=False)
    end_comment = models.TextField(_("comment on the end"), blank=True, editable=False)

    state = models.CharField(
        _("status"), max_length=12, choices=DevelopmentState.choices, default=DevelopmentState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = DevelopmentQuerySet.as_manager()
    scope = OwnedOrVia("customer")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(rules.MOVES),
        guards=(rules.check_answer, rules.check_end, rules.check_project),
        needs_reason=lambda source, target: (
            target == DevelopmentState.DRAFT
            or (source == DevelopmentState.TRIAL and target == DevelopmentState.DEVELOPMENT)
        ),
    )

    class Meta:
        verbose_name = _("development request")
        verbose_name_plural = _("development requests")
        ordering = ["-id"]
        permissions = [("answer_developmentrequest", _("Can say for R&D whether a new product is feasible"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(volume_kg__isnull=True) | Q(volume_kg__gt=0),
                name="development_volume_positive",
                violation_error_message=_("The volume must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(target_price__isnull=True) | Q(target_price__gt=0),
                name="development_price_positive",
                violation_error_message=_("The target price must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(set_up_on__isnull=True) | Q(due_on__isnull=False),
                name="development_project_has_due_day",
                violation_error_message=_("A project needs the day by which it is to be released."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DevelopmentState.RELEASED)
                | (Q(product__isnull=False) & Q(released_on__isnull=False)),
                name="development_released_has_product",
                violation_error_message=_("What was released has its product and its day."),
            ),
        ]
        indexes = [
            search_index("development_search"),
            models.Index(fields=["customer", "state"], name="development_customer"),
            models.Index(fields=["opportunity", "state"], name="development_opportunity"),
            models.Index(fields=["state", "due_on", "id"], name="development_state_due"),
            models.Index(fields=["owner", "state", "due_on"], name="development_owner_state"),
            models.Index(fields=["researcher", "state"], name="development_researcher"),
            models.Index(fields=["set_up_on", "id"], name="development_set_up"),
            models.Index(fields=["due_on", "id"], name="development_due"),
            models.Index(fields=["wanted_on", "id"], name="development_wanted"),
            models.Index(fields=["volume_kg", "id"], name="development_volume"),
            models.Index(fields=["created_at", "id"], name="development_created"),
        ]

    def __str__(self) -> str:
        return self.title


class DevelopmentRequestStateChange(StateChange, BaseModel):
    """A move of a new-product request."""

    record = models.ForeignKey(DevelopmentRequest, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=12, choices=DevelopmentState.choices)
    target = models.CharField(max_length=12, choices=DevelopmentState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a new-product request")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DevelopmentRequirement(RecordModel):
    """A property that the new product shall have: in words, or a number between limits; and what the product reached."""

    development = models.ForeignKey(
        DevelopmentRequest, verbose_name=_("development request"), on_delete=models.CASCADE, related_name="requirements"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1, editable=False)
    name = models.CharField(_("property"), max_length=100)
    target = models.CharField(_("target"), max_length=200, blank=True, help_text=_("In words, where no limits say it."))
    minimum = models.DecimalField(_("at least"), max_digits=24, decimal_places=6, null=True, blank=True)
    maximum = models.DecimalField(_("at most"), max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    is_must = models.BooleanField(_("must be met"), default=True)
    reached = models.CharField(_("reached"), max_length=200, blank=True)
    met = models.BooleanField(pgettext_lazy("development", "met"), null=True, blank=True)

    scope = ViaParent("development")
    trail_parent = "development"

    class Meta:
        verbose_name = _("wanted property")
        verbose_name_plural = _("wanted properties")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["development", "name"],
                name="development_requirement_once",
                violation_error_message=_("This property is in the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(target="") | Q(minimum__isnull=False) | Q(maximum__isnull=False),
                name="development_requirement_says_what",
                violation_error_message=_("Say what is wanted: in words, or by a limit."),
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(minimum__lte=F("maximum")),
                name="development_requirement_range",
                violation_error_message=_("The lower limit must not be above the upper one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["chased_on"])
class DevelopmentMilestone(RecordModel):
    """A stretch of the project: who sees to it and by when. `task` is that person's to-do; `chased_on`: the owner of the request
    was told that it is overdue."""

    development = models.ForeignKey(
        DevelopmentRequest, verbose_name=_("development request"), on_delete=models.CASCADE, related_name="milestones"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1, editable=False)
    name = ListedField(_("milestone"), list_key="development_milestone", max_length=120)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=300, blank=True)
    task = models.ForeignKey("crm.Task", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    chased_on = models.DateField(null=True, editable=False)

    scope = ViaParent("development")
    trail_parent = "development"

    class Meta:
        verbose_name = _("milestone of a new product")
        verbose_name_plural = _("milestones of new products")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["development", "name"],
                name="development_milestone_once",
                violation_error_message=_("This milestone is in the list already."),
            )
        ]
        indexes = [
            models.Index(fields=["due_on"], name="development_milestone_open", condition=Q(done_on__isnull=True))
        ]

    def __str__(self) -> str:
        return str(self.get_name_display())  # type: ignore[attr-defined]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DevelopmentCost(RecordModel):
    """What a kilogram of the new product will cost, in the currency of the target price."""

    development = models.ForeignKey(
        DevelopmentRequest, verbose_name=_("development request"), on_delete=models.CASCADE, related_name="costs"
    )
    kind = models.CharField(
        pgettext_lazy("development", "cost of"),
        max_length=12,
        choices=DevelopmentCostKind.choices,
        default=DevelopmentCostKind.MATERIAL,
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount (per kg)"), max_digits=18, decimal_places=4, default=Decimal(0))

    scope = ViaParent("development")
    trail_parent = "development"
    guarded = {"amount": VIEW_COST}

    class Meta:
        verbose_name = _("cost of a new product")
        verbose_name_plural = _("costs of new products")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="development_cost_not_negative",
                violation_error_message=_("The cost must not be negative."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
