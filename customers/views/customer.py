"""The pages of customers."""

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import money_html, num, qty_html
from crm.freshness import data_as_of
from crm.generic.entity import BulkAction, Entity, HeadAction, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import Action, RecordPage, RecordTab
from crm.generic.views.edit import CreateView
from crm.generic.views.step import Step
from crm.records.choices import listed
from customers.domain.course import volume_drop
from customers.domain.customer import create_customer, set_next_step
from customers.domain.customer_changes import save_customer
from customers.domain.handover.packs import hand_over
from customers.domain.next_step import next_step_of
from customers.domain.pool.entries import release
from customers.domain.pool.protection import ask_for_protection
from customers.domain.transfer import transfer_owner
from customers.filters.customer import CustomerFilter
from customers.forms.customer import CustomerForm, NextStepForm, TransferForm
from customers.forms.handover import HandOverForm
from customers.forms.pool import ProtectForm
from customers.models import Customer
from customers.tables.cells import course_of, figures_of
from customers.tables.customer import STATE_TONES, CustomerTable
from customers.views.merged import VIEWS

COUNTED = 10_000
COUNT_REMEMBERED = 300  # seconds


TABS = (
    RecordTab("people", _("People")),
    RecordTab("sales", _("Sales"), stacked=True),
    RecordTab("money", _("Orders and money")),
    RecordTab("service", _("Service")),
    RecordTab("value", _("Value and admission"), stacked=True),
    RecordTab("profile", _("Archive"), stacked=True),
    RecordTab("files", _("Timeline and files"), first="timeline"),
)


def badges(customer: Customer) -> Sequence[str]:
    """Grade, status, and warnings when something is overdue or the volume drops."""
    figures = figures_of(customer)
    out = [
        markup.grade(customer.grade),
        markup.badge(STATE_TONES.get(customer.state, ""), customer.get_state_display(), True),
    ]
    if figures is not None and figures.overdue > 0:
        out.append(markup.badge("bad", gettext("overdue"), True))
    drop = volume_drop(course_of(customer), timezone.localdate())
    if drop is not None:
        out.append(markup.badge("warn", f"{gettext('Volume')} \u2212{num(drop.percent)}%", True))
    return out


def meta(customer: Customer) -> list[tuple[str, Any]]:
    """Place, trade, owner, and how fresh the data of other systems is."""
    place = " ".join(filter(None, (customer.province, customer.city)))
    region = customer.region.label if customer.region else ""
    industry = listed("industry").label(customer.industry)
    owner = format_html("{} {}", gettext("Owner"), customer.owner.label) if customer.owner else ""
    return [
        ("map-pin", " · ".join(filter(None, (place, region)))),
        ("category", " · ".join(filter(None, (industry, str(customer.get_kind_display()))))),
        ("users-group", customer.team.label if customer.team else customer.business_unit.label),
        ("user", owner),
        ("refresh", data_as_of()),
    ]


def next_step(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The bar with what to do next, and the way to where it stands."""
    step = next_step_of(request.user, customer)
    if step is not None:
        more = {"url": step.url, "label": gettext("Go to it")} if step.url else {"edit": True}
        return {"text": step.text, "due": step.due, **more}
    return {"text": gettext("Nothing is planned yet"), "edit": True, "label": gettext("Plan it")}


def how_many(reader: Any) -> str:
    """How many customers are in reach and how many of them we do business with, as of the last minutes."""
    total, active = cache.get_or_set(f"customers:count:{reader.pk}", lambda: _counts(reader), COUNT_REMEMBERED) or (
        0,
        0,
    )
    text = num(min(total, COUNTED)) + ("+" if total > COUNTED else "")
    found = ngettext("%(total)s customer", "%(total)s customers", total) % {"total": text}
    return found if total > COUNTED else found + gettext(", %(n)s of them active") % {"n": num(active)}


def _counts(reader: Any) -> tuple[int, int]:
    """All and the active ones; counting stops at COUNTED, as on every list."""
    rows = Customer.objects.visible_to(reader).order_by()
    total = rows[: COUNTED + 1].count()
    return total, rows.active().count() if total <= COUNTED else 0


class CustomerCreateView(CreateView):
    """Whoever may not enter customers directly registers them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The form for those who may skip the registration."""
        user = request.user
        if user.has_perm("customers.add_customer") and not user.has_perm("customers.skip_registration"):
            return HttpResponseRedirect(reverse("customers:register"))
        return super().dispatch(request, *args, **kwargs)


customer_entity = Entity(
    model=Customer,
    table=CustomerTable,
    filterset=CustomerFilter,
    nav="customers",
    icon="building-factory-2",
    subtitle=_("One archive for the whole company"),
    summary=how_many,
    empty_text=_("Customers are the companies we sell to. Enter the first one, or have your list imported."),
    page=RecordPage(
        title=lambda customer: customer.name,
        code=lambda customer: customer.code,
        avatar=str,
        badges=badges,
        meta=meta,
        next_step=next_step,
        actions=(
            Action(
                _("Merge with…"),
                lambda customer: reverse("customers:customer_merge", args=[customer.pk]),
                "copy",
                "customers.merge_customer",
            ),
        ),
        select=("owner", "team", "region", "business_unit", "figures", "course", "parent", "group_root"),
        tabs=TABS,
        styles="css/customer.css",
        attributes=(
            "short_name",
            "name_en",
            "credit_code",
            "kind",
            "industry",
            "application",
            (_("annual demand"), lambda customer: qty_html(customer.annual_demand_kg)),
            "strategic_value",
            "payment_terms_days",
            (_("credit limit"), lambda customer: money_html(customer.credit_limit)),
            "address",
            "phone",
            "website",
            "business_unit",
            "team",
            "region",
            "notes",
        ),
    ),
    form=CustomerForm,
    create=create_customer,
    update=save_customer,
    views={**VIEWS, "create": CustomerCreateView},
    presets=(
        Preset("all", _("All")),
        Preset("mine", _("Mine"), "owner=me"),
        Preset("key", _("Key accounts"), "grade=S&grade=A"),
        Preset("overdue", _("Overdue receivables"), "overdue=1"),
        Preset("incomplete", _("Incomplete archive"), "owner=me&completeness=low"),
        Preset("quiet", _("No order for 90 days"), "no_order_days=90"),
    ),
    bulk_edit=(
        "grade",
        "kind",
        "state",
        "industry",
        "application",
        "strategic_value",
        "region",
        "province",
        "city",
        "payment_terms_days",
        "credit_limit",
        "next_step",
        "next_step_on",
    ),
    bulk_actions=(
        BulkAction(
            "transfer",
            _("Transfer owner"),
            "user-share",
            "customers.transfer_customer",
            transfer_owner,
            TransferForm,
            _("%(count)d customers have a new owner."),
        ),
        BulkAction(
            "handover",
            _("Hand over"),
            "send",
            "customers.add_handoverpack",
            hand_over,
            HandOverForm,
            _("%(count)d customers were offered: the receiver has to accept."),
        ),
        BulkAction(
            "release",
            _("Release into the pool"),
            "rotate",
            "customers.release_customer",
            release,
            ReasonForm,
            _("%(count)d customers are in the pool now."),
        ),
        BulkAction(
            "next_step",
            _("Set next step"),
            "calendar-plus",
            "customers.change_customer",
            set_next_step,
            NextStepForm,
            _("%(count)d customers have a new next step."),
        ),
    ),
    head_actions=(
        HeadAction(_("Does it exist?"), "customers:exists", "search", "customers.view_customer"),
        HeadAction(_("Possible duplicates"), "customers:customer_duplicates", "copy", "customers.merge_customer"),
        HeadAction(_("Import"), "importing:start", "file-import", "crm.add_importbatch"),
    ),
)


def _release(record: Customer, *, actor: Any, reason: str) -> int:
    return release(Customer.objects.visible_to(actor, write=True).filter(pk=record.pk), actor=actor, reason=reason)


def _protect(record: Customer, **values: Any) -> Any:
    return ask_for_protection(customer=record, **values)


def _owned(record: Customer) -> bool:
    return record.owner_id is not None


STEPS = (
    Step("release", _("Release into the pool"), "rotate", "customers.release_customer", _release, _owned, ReasonForm),
    Step(
        "protect", _("Keep from the pool"), "shield-check", "customers.change_customer", _protect, _owned, ProtectForm
    ),
)
