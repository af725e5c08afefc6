"""Pools of customers without an owner, the rules by which idle customers go there, and the customers in them."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel, StateChange
from crm.base.scopes import Reference, ViaParent
from crm.transitions import Transitions, moves
from customers.enums import CapacityCounts, Grade, IdleFrom, PoolEntryState, PoolReason
from customers.models.pool_scope import PoolEntryQuerySet, PoolQuerySet, PoolScope

NEVER = (Grade.S, Grade.A)  # grades that no rule takes


@pghistory.track()
class CustomerPool(RecordModel):
    """A pool of a business unit, or of a product line or region of it; the narrower pool comes first.

    Its members are the people of its teams and of those below, or of the whole unit where no team is named.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    business_unit = models.ForeignKey(
        "crm.BusinessUnit", verbose_name=_("business unit"), on_delete=models.PROTECT, related_name="+"
    )
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Only customers that bought of it, or are offered it."),
    )
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    teams = models.ManyToManyField(
        "crm.Team",
        verbose_name=_("teams"),
        blank=True,
        related_name="+",
        help_text=_("Who may claim; without any the whole business unit."),
    )
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("managers"), blank=True, related_name="+"
    )
    daily_limit = models.PositiveSmallIntegerField(_("claims per person and day"), default=10)
    capacity = models.PositiveIntegerField(
        _("customers per person at most"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    capacity_counts = models.CharField(
        _("what counts"), max_length=20, choices=CapacityCounts.choices, default=CapacityCounts.ALL
    )
    lock_days = models.PositiveSmallIntegerField(
        _("lock for the previous owner (days)"),
        default=30,
        help_text=_("So long the previous owner cannot claim the customer back."),
    )
    active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[Any] = PoolQuerySet.as_manager()
    scope = PoolScope()

    class Meta:
        verbose_name = _("pool")
        verbose_name_plural = _("pools")
        ordering = ["name"]
        permissions = [
            ("claim_customer", _("Can claim customers from the pool")),
            ("release_customer", _("Can release customers into the pool")),
            ("assign_pool", _("Can assign customers of the pool and put them back")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(daily_limit__gte=1),
                name="pool_daily_limit_positive",
                violation_error_message=_("Let people claim at least one customer a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class PoolTeam(CustomerPool.teams.through):  # type: ignore[name-defined,misc]
    """A team of a pool, for the trail."""

    scope = Reference("shown with the pool")
    trail_parent = "customerpool"

    class Meta:
        proxy = True
        verbose_name = _("team of a pool")
        verbose_name_plural = _("teams of pools")


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class PoolManager(CustomerPool.managers.through):  # type: ignore[name-defined,misc]
    """A manager of a pool, for the trail."""

    scope = Reference("shown with the pool")
    trail_parent = "customerpool"

    class Meta:
        proxy = True
        verbose_name = _("manager of a pool")
        verbose_name_plural = _("managers of pools")


@pghistory.track()
class RecycleRule(RecordModel):
    """After how many days without contact, or months without a first order, customers of some grades go into the pool."""

    pool = models.ForeignKey(CustomerPool, verbose_name=_("pool"), on_delete=models.PROTECT, related_name="rules")
    grades = ArrayField(
        models.CharField(max_length=1, choices=Grade.choices, blank=True), verbose_name=_("grades"), size=None
    )
    idle_days = models.PositiveSmallIntegerField(_("idle days"), null=True, blank=True)
    idle_from = models.CharField(_("counted from"), max_length=10, choices=IdleFrom.choices, default=IdleFrom.CONTACT)
    never_won_months = models.PositiveSmallIntegerField(
        _("months without a first order"), null=True, blank=True, help_text=_("Empty: this does not matter.")
    )
    active = models.BooleanField(_("in use"), default=True)

    scope = ViaParent("pool")
    trail_parent = "pool"

    class Meta:
        verbose_name = _("recycling rule")
        verbose_name_plural = _("recycling rules")
        ordering = ["pool", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(grades__overlap=[grade.value for grade in NEVER]),
                name="recycle_rule_spares_best",
                violation_error_message=_("Customers of grade S and A are never taken automatically."),
            ),
            models.CheckConstraint(
                condition=Q(idle_days__gte=14) | Q(never_won_months__gte=1, idle_days__isnull=True),
                name="recycle_rule_says_when",
                violation_error_message=_("Say after how many days (14 or more) or months without a first order."),
            ),
            models.CheckConstraint(
                condition=Q(grades__len__gte=1),
                name="recycle_rule_has_grades",
                violation_error_message=_("Choose at least one grade."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool}: {'/'.join(grade or '–' for grade in self.grades)}"


@pghistory.track()
class PoolEntry(RecordModel):
    """A customer's time in a pool. While it waits the customer has no owner; everybody who sees the pool sees it here."""

    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="pool_entries"
    )
    pool = models.ForeignKey(CustomerPool, verbose_name=_("pool"), on_delete=models.PROTECT, related_name="entries")
    since = models.DateTimeField(_("in the pool since"))
    from_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("previous owner"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    reason = models.CharField(_("why"), max_length=20, choices=PoolReason.choices)
    note = models.TextField(_("explanation"), blank=True)
    state = models.CharField(
        _("status"), max_length=10, choices=PoolEntryState.choices, default=PoolEntryState.WAITING, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("new owner"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[Any] = PoolEntryQuerySet.as_manager()
    scope = PoolScope("pool")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {PoolEntryState.WAITING: [PoolEntryState.CLAIMED, PoolEntryState.ASSIGNED, PoolEntryState.PUT_BACK]}
        ),
    )

    class Meta:
        verbose_name = _("customer in the pool")
        verbose_name_plural = _("customers in the pool")
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(state=PoolEntryState.WAITING),
                name="pool_entry_once",
                violation_error_message=_("The customer is in a pool already."),
            )
        ]
        indexes = [
            models.Index(fields=["pool", "state", "since", "id"], name="pool_entry_pool"),
            models.Index(fields=["since", "id"], name="pool_entry_since"),
            models.Index(fields=["taken_by", "state_since"], name="pool_entry_taken"),
        ]

    def __str__(self) -> str:
        return str(self.customer)


class PoolEntryStateChange(StateChange, BaseModel):
    """How a customer left the pool."""

    record = models.ForeignKey(PoolEntry, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=PoolEntryState.choices)
    target = models.CharField(max_length=10, choices=PoolEntryState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a customer in the pool")
