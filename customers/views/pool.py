"""The screens of the pool."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from crm import markup
from crm.formats import day_html, enumerated
from crm.generic.entity import BulkAction, Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import RecordPage
from crm.generic.views.listing import ListView
from crm.generic.views.step import Step
from crm.records.choices import listed
from customers.domain.pool.claim import CLAIM, claim
from customers.domain.pool.entries import LEAD, assign, put_back
from customers.domain.pool.plan import night, pools_in_order
from customers.domain.pool.settings import create_pool, create_rule, update_pool, update_rule
from customers.enums import PoolEntryState
from customers.filters.pool import CustomerPoolFilter, PoolEntryFilter, RecycleRuleFilter
from customers.forms.pool import AssignForm, CustomerPoolForm, RecycleRuleForm
from customers.models import Customer, CustomerPool, PoolEntry, RecycleRule
from customers.panels.pool import claim_strip
from customers.tables.cells import customer_url
from customers.tables.pool import (
    ENTRY_TONES,
    CustomerPoolTable,
    PoolEntryTable,
    RecycleRuleTable,
    grades_of,
    month_of,
)

MOST = 200


def _one(run: Any) -> Any:
    """A step of one entry by the function for many."""

    def step(record: PoolEntry, *, actor: Any, **values: Any) -> Any:
        return run(PoolEntry.objects.visible_to(actor).filter(pk=record.pk), actor=actor, **values)

    return step


def _waits(record: PoolEntry) -> bool:
    return record.state == PoolEntryState.WAITING


STEPS = (
    Step("claim", _("Claim"), "check", CLAIM, _one(claim), _waits, primary=True),
    Step("assign", _("Assign"), "user-share", LEAD, _one(assign), _waits, AssignForm),
    Step("put-back", _("Give back"), "arrow-back-up", LEAD, _one(put_back), _waits, ReasonForm),
)


def _industry(record: PoolEntry) -> str:
    return listed("industry").label(record.customer.industry) or "—"


class PoolListView(ListView):
    """Without a status asked for, what is in the pool now; as its filter has it."""

    def rows(self) -> Any:
        """The rows in the reader's scope."""
        rows: Any = super().rows()
        return rows if self.request.GET.get("state") else rows.waiting()


pool_entry_entity = Entity(
    model=PoolEntry,
    table=PoolEntryTable,
    filterset=PoolEntryFilter,
    nav="pool",
    icon="rotate",
    subtitle=_("Customers without an owner: claim those you want to look after"),
    empty_text=_("No customer waits in your pools. They come here when nobody was in touch for too long."),
    presets=(
        Preset("all", _("In the pool")),
        Preset("mine", _("Those I may claim"), "free=1"),
        Preset("claimed", _("Claimed by me"), "state=claimed"),
    ),
    bulk_actions=(
        BulkAction("claim", _("Claim"), "check", CLAIM, claim, None, _("%(count)d customers are yours now.")),
        BulkAction(
            "assign", _("Assign"), "user-share", LEAD, assign, AssignForm, _("%(count)d customers were assigned.")
        ),
        BulkAction(
            "put_back",
            _("Give back"),
            "arrow-back-up",
            LEAD,
            put_back,
            ReasonForm,
            _("%(count)d customers were given back."),
        ),
    ),
    page=RecordPage(
        title=lambda record: record.customer.name,
        code=lambda record: record.pool.name,
        avatar=str,
        badges=lambda record: [
            markup.grade(record.customer.grade),
            markup.badge(ENTRY_TONES[record.state], record.get_state_display(), True),
        ],
        meta=lambda record: [
            ("map-pin", " ".join(filter(None, (record.customer.province, record.customer.city)))),
            ("category", _industry(record)),
        ],
        attributes=(
            (_("Industry"), _industry),
            (_("Last order"), lambda record: month_of(record.customer) or "—"),
            (_("Previous owner"), lambda record: record.from_owner.label if record.from_owner else "—"),
            (_("In the pool since"), lambda record: day_html(record.since)),
        ),
        select=("customer__figures", "pool", "from_owner", "taken_by"),
        strip="customers/pool/_strip.html",
        strip_context=claim_strip,
    ),
    views={"list": PoolListView},
    dossier=False,
)

customer_pool_entity = Entity(
    model=CustomerPool,
    table=CustomerPoolTable,
    filterset=CustomerPoolFilter,
    nav="settings",
    icon="rotate",
    form=CustomerPoolForm,
    create=create_pool,
    update=update_pool,
    empty_text=_("A pool holds the customers of a business unit that nobody looks after."),
    page=RecordPage(
        code=lambda record: record.business_unit.label,
        attributes=(
            "business_unit",
            "product_line",
            "region",
            (_("Teams"), lambda record: enumerated(team.label for team in record.teams.all()) or gettext("all teams")),
            (_("Managers"), lambda record: enumerated(str(person) for person in record.managers.all()) or "—"),
            "daily_limit",
            "capacity",
            "capacity_counts",
            "lock_days",
            "active",
        ),
        select=("business_unit", "product_line", "region"),
    ),
    dossier=False,
)

recycle_rule_entity = Entity(
    model=RecycleRule,
    table=RecycleRuleTable,
    filterset=RecycleRuleFilter,
    nav="settings",
    icon="rotate",
    form=RecycleRuleForm,
    create=create_rule,
    update=update_rule,
    page=RecordPage(
        code=lambda record: record.pool.name,
        attributes=(
            "pool",
            (_("Grades"), grades_of),
            "idle_days",
            "idle_from",
            "never_won_months",
            "active",
        ),
        select=("pool",),
    ),
    dossier=False,
)


class WarningsView(View):
    """Where the warnings lead: the reader's customers that go within a week, as a list of customers."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """To the list."""
        return HttpResponseRedirect(f"{reverse('customers:customer_list')}?owner=me&recycle_days=7")


class TomorrowView(View):
    """What the coming night takes, by the same query as the night itself, of the customers the reader sees."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        user: Any = request.user
        if not user.has_perm("customers.view_customerpool"):
            raise PermissionDenied
        seen = set(CustomerPool.objects.visible_to(user).values_list("pk", flat=True))
        pools = [pool for pool in pools_in_order() if pool.pk in seen]
        chosen = next((pool for pool in pools if str(pool.pk) == request.GET.get("pool")), pools[0] if pools else None)
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        context = {
            "nav": "pool",
            "crumbs": [(gettext("Pool"), reverse("customers:poolentry_list")), (gettext("What tomorrow takes"), None)],
            "pools": pools,
            "chosen": chosen,
            "day": tomorrow,
            **(self.rows(user, chosen, tomorrow) if chosen is not None else {"rows": [], "total": 0}),
        }
        return render(request, "customers/pool/tomorrow.html", context)

    def rows(self, user: Any, pool: CustomerPool, day: dt.date) -> dict[str, Any]:
        """The customers, the first so many with what is known of them."""
        going = {each.customer_id: each for each in night(pool, day)}
        found = Customer.objects.visible_to(user).filter(pk__in=going).select_related("owner", "figures", "activity")
        rows = [
            {
                "customer": row,
                "url": customer_url(row.pk),
                "owner": row.owner,
                "rule": grades_of(going[row.pk].rule),
                "contact": getattr(getattr(row, "activity", None), "last_contact_on", None),
                "order": row.figures.last_order_on if hasattr(row, "figures") else None,
            }
            for row in found.order_by("owner", "pk")[:MOST]
        ]
        return {"rows": rows, "total": found.count(), "all": len(going)}
