"""Tenders (投标): the invitation, its lots and papers, the bid bond, everybody's bids and the result."""

from decimal import Decimal
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, OwnedModel, RecordModel, StateChange, search_index
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.records.models import ListedField
from crm.transitions import Transitions, moves
from opportunities.enums import BondForm, LotResult, SubmissionWay, TenderKind, TenderState
from opportunities.querysets import TenderQuerySet


@pghistory.track(exclude=["search_text", "warned", "bond_chased_on"])
class Tender(OwnedModel):
    """A tender of a customer in which we bid.

    `amount` is what we bid: the lots at our prices, or at the budget where we have none yet. `product` is that of the largest
    lot. `warned`: by deadline, of how few days before it the owner was told. `bond_chased_on`: the owner was told that the bond
    is overdue.
    """

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("subject"), max_length=200)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="tenders"
    )
    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        verbose_name=_("opportunity"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tenders",
    )
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    product = models.ForeignKey(
        "crm.Product", verbose_name=_("product"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    reference = models.CharField(_("reference of the invitation"), max_length=60, blank=True)
    kind = models.CharField(_("type"), max_length=10, choices=TenderKind.choices, default=TenderKind.INVITED)
    received_on = models.DateField(_("invitation received on"), null=True, blank=True)
    currency = models.ForeignKey(
        "crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, default="CNY", related_name="+"
    )
    remark = models.TextField(_("remark"), blank=True)

    clarification_until = models.DateField(_("questions until"), null=True, blank=True)
    submission_due = models.DateTimeField(_("submission due"))
    opening_at = models.DateTimeField(_("bids opened at"), null=True, blank=True)

    bond_amount = models.DecimalField(_("bid bond"), max_digits=18, decimal_places=2, null=True, blank=True)
    bond_form = models.CharField(_("form of the bond"), max_length=10, choices=BondForm.choices, blank=True)
    bond_due = models.DateField(_("bond due"), null=True, blank=True)
    bond_paid_on = models.DateField(_("bond paid on"), null=True, blank=True)
    bond_refund_due = models.DateField(_("refund due"), null=True, blank=True)
    bond_refunded_on = models.DateField(_("refunded on"), null=True, blank=True)
    bond_refunded = models.DecimalField(_("amount refunded"), max_digits=18, decimal_places=2, null=True, blank=True)
    bond_chased_on = models.DateField(null=True, editable=False)

    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    submitted_how = models.CharField(_("handed in"), max_length=10, choices=SubmissionWay.choices, editable=False)
    opened_on = models.DateField(_("bids opened on"), null=True, editable=False)
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    lessons = models.TextField(_("lessons learnt"), blank=True)

    amount = models.DecimalField(_("bid amount"), max_digits=18, decimal_places=2, default=Decimal(0), editable=False)
    amount_base = models.DecimalField(
        _("bid amount in base currency"), max_digits=18, decimal_places=2, default=Decimal(0), editable=False
    )
    state = models.CharField(
        _("status"), max_length=10, choices=TenderState.choices, default=TenderState.PREPARING, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    warned = models.JSONField(default=dict, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = TenderQuerySet.as_manager()
    scope = OwnedOrVia("customer")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                TenderState.PREPARING: [TenderState.PRICING, TenderState.CANCELLED],
                TenderState.PRICING: [TenderState.APPROVED, TenderState.PREPARING],
                TenderState.APPROVED: [TenderState.PREPARING, TenderState.SUBMITTED, TenderState.CANCELLED],
                TenderState.SUBMITTED: [TenderState.OPENED, TenderState.CANCELLED],
                TenderState.OPENED: [TenderState.WON, TenderState.LOST, TenderState.CANCELLED],
            }
        ),
        needs_reason=lambda source, target: (
            target == TenderState.CANCELLED or (source == TenderState.APPROVED and target == TenderState.PREPARING)
        ),
    )

    class Meta:
        verbose_name = _("tender")
        verbose_name_plural = _("tenders")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bond_amount__isnull=True) | Q(bond_amount__gt=0),
                name="tender_bond_positive",
                violation_error_message=_("The bid bond must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(bond_paid_on__isnull=True) | Q(bond_amount__isnull=False),
                name="tender_bond_paid_is_known",
                violation_error_message=_("Enter the amount of the bond that was paid."),
            ),
            models.CheckConstraint(
                condition=Q(bond_refunded_on__isnull=True)
                | (Q(bond_paid_on__isnull=False) & Q(bond_refunded__isnull=False)),
                name="tender_refund_of_paid",
                violation_error_message=_("A refund needs the day the bond was paid and the amount refunded."),
            ),
            models.CheckConstraint(
                condition=Q(bond_refunded__isnull=True)
                | (Q(bond_refunded__gte=0) & Q(bond_amount__isnull=False) & Q(bond_refunded__lte=F("bond_amount"))),
                name="tender_refund_within_bond",
                violation_error_message=_("No more than the bond can be refunded."),
            ),
            models.CheckConstraint(
                condition=Q(opening_at__isnull=True) | Q(opening_at__gte=F("submission_due")),
                name="tender_opens_after_submission",
                violation_error_message=_("Bids are opened after they are due: correct one of the two times."),
            ),
        ]
        indexes = [
            search_index("tender_search"),
            models.Index(fields=["submission_due", "id"], name="tender_due"),
            models.Index(fields=["state", "submission_due", "id"], name="tender_state_due"),
            models.Index(fields=["owner", "state", "submission_due"], name="tender_owner_state"),
            models.Index(fields=["customer", "state"], name="tender_customer_state"),
            models.Index(fields=["amount_base", "id"], name="tender_amount"),
            models.Index(fields=["opened_on", "id"], name="tender_opened"),
            models.Index(fields=["created_at", "id"], name="tender_created"),
            models.Index(
                fields=["bond_refund_due"],
                name="tender_refund_open",
                condition=Q(bond_paid_on__isnull=False, bond_refunded_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TenderStateChange(StateChange, BaseModel):
    """A move of a tender."""

    record = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=TenderState.choices)
    target = models.CharField(max_length=10, choices=TenderState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a tender")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TenderLot(RecordModel):
    """What is bid for by itself: a product, how much of it, and our price for a unit of it."""

    tender = models.ForeignKey(Tender, verbose_name=_("tender"), on_delete=models.CASCADE, related_name="lots")
    number = models.CharField(_("lot"), max_length=20)
    name = models.CharField(_("what is asked for"), max_length=200)
    product = models.ForeignKey(
        "crm.Product",
        verbose_name=_("our product"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3)
    unit = models.ForeignKey("crm.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    our_price = models.DecimalField(_("our price (per unit)"), max_digits=18, decimal_places=4, null=True, blank=True)
    budget_price = models.DecimalField(
        _("customer's budget (per unit)"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    result = models.CharField(
        _("result"), max_length=10, choices=LotResult.choices, default=LotResult.PENDING, editable=False
    )

    scope = ViaParent("tender")
    trail_parent = "tender"

    class Meta:
        verbose_name = _("lot of a tender")
        verbose_name_plural = _("lots of tenders")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "number"],
                name="tender_lot_once",
                violation_error_message=_("The tender has a lot of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="tender_lot_quantity_positive",
                violation_error_message=_("The quantity must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=(Q(our_price__isnull=True) | Q(our_price__gt=0))
                & (Q(budget_price__isnull=True) | Q(budget_price__gt=0)),
                name="tender_lot_prices_positive",
                violation_error_message=_("Prices must be larger than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def amount(self) -> Decimal:
        """The lot at our price, or at the budget where we have none."""
        return self.quantity * (self.our_price or self.budget_price or Decimal(0))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TenderDocument(RecordModel):
    """A paper that the bid needs: who sees to it, by when, and the file once it is there."""

    tender = models.ForeignKey(Tender, verbose_name=_("tender"), on_delete=models.CASCADE, related_name="documents")
    name = ListedField(_("paper"), list_key="tender_document", max_length=120)
    is_required = models.BooleanField(_("required"), default=True)
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
    file = models.ForeignKey(
        "crm.Attachment", verbose_name=_("file"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    scope = ViaParent("tender")
    trail_parent = "tender"

    class Meta:
        verbose_name = _("paper of a tender")
        verbose_name_plural = _("papers of tenders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "name"],
                name="tender_document_once",
                violation_error_message=_("This paper is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_name_display())  # type: ignore[attr-defined]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TenderBid(RecordModel):
    """What somebody bid for a lot, as it was read out; ours among them. `is_winner`: it got the lot."""

    lot = models.ForeignKey(TenderLot, verbose_name=_("lot"), on_delete=models.CASCADE, related_name="bids")
    bidder = models.CharField(_("bidder"), max_length=100)
    competitor = models.ForeignKey(
        "crm.Competitor",
        verbose_name=_("competitor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    is_ours = models.BooleanField(_("ours"), default=False, editable=False)
    price = models.DecimalField(_("price (per unit)"), max_digits=18, decimal_places=4)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    is_winner = models.BooleanField(_("got the lot"), default=False, editable=False)

    scope = ViaParent("lot")
    trail_parent = "lot"

    class Meta:
        verbose_name = _("bid")
        verbose_name_plural = _("bids")
        ordering = ["price", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "bidder"],
                name="tender_bid_once",
                violation_error_message=_("This bidder's price for the lot is entered already."),
            ),
            models.UniqueConstraint(fields=["lot"], condition=Q(is_ours=True), name="tender_bid_ours_once"),
            models.UniqueConstraint(fields=["lot"], condition=Q(is_winner=True), name="tender_bid_one_winner"),
            models.CheckConstraint(
                condition=Q(price__gt=0),
                name="tender_bid_price_positive",
                violation_error_message=_("The price must be larger than zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.bidder
