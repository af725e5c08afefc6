"""What statements, contributions and plans show on the pages of customers, and the panels of their own pages."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from crm.base.saving import is_held
from crm.catalogue.models.cost import VIEW_COST
from customers.domain.contribution import rate_on
from customers.domain.improvement import OPEN_STATES, count_late_actions, progress
from customers.domain.wallet.reading import wallet_of
from customers.domain.wallet.volumes import shipped_of_line
from customers.enums import PlanState
from customers.models import Customer, CustomerContribution, CustomerDemand, ImprovementPlan
from customers.tables.cells import figures_of
from customers.tables.wallet import amount_text, demand_url, goal_url, plan_badge, plan_url, price_cell, share_url

SHOWN = 10
RIVALS = 3  # named beside the record
LINES_BESIDE = 5


def wallet(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """What the customer needs by product line, our part, the competitors', and how our share went."""
    user, today = request.user, timezone.localdate()
    rows = wallet_of(customer, CustomerDemand.objects.visible_to(user, of=customer), today)
    may_add = user.has_perm("customers.add_customerdemand")
    if not rows and not may_add:
        return None
    shares = user.has_perm("customers.view_demandshare")
    figures = figures_of(customer)
    return {
        "rows": [
            {
                "row": row,
                "url": demand_url(row.demand),
                "rivals": [_rival(share) for share in row.demand.shares.all()] if shares else [],
                "trend": row.trend if len(row.trend) > 1 else (),
            }
            for row in rows
        ],
        "share": figures.share_of_wallet if figures else None,
        "add_url": f"{reverse('customers:customerdemand_create')}?customer={customer.pk}" if may_add else "",
        "list_url": f"{reverse('customers:customerdemand_list')}?customer={customer.pk}",
    }


def wallet_beside(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """The wallet as shares of a whole: ours, the competitors' and what is not known; nothing without a statement."""
    user = request.user
    rows = wallet_of(customer, CustomerDemand.objects.visible_to(user, of=customer), timezone.localdate())
    need = sum((row.demand.kg_per_year for row in rows), Decimal(0))
    if need <= 0:
        return None
    ours = sum((min(row.ours, row.demand.kg_per_year) for row in rows), Decimal(0))
    parts = [(_("We"), ours)]
    if user.has_perm("customers.view_demandshare"):
        rivals: dict[str, Decimal] = defaultdict(Decimal)
        for share in (share for row in rows for share in row.demand.shares.all()):
            rivals[share.competitor.label] += share.kg
        parts += sorted(rivals.items(), key=lambda rival: (-rival[1], rival[0]))[:RIVALS]
    rest = need - sum((kg for _name, kg in parts), Decimal(0))
    slices = [(number, name, kg * 100 / need) for number, (name, kg) in enumerate(parts, 1)]
    if rest > 0:
        slices.append((6, _("others and not known"), rest * 100 / need))
    return {
        "need": need,
        "slices": slices,
        "segments": [(number, share) for number, _name, share in slices],
        "rows": rows[:LINES_BESIDE],
        "all_url": reverse("customers:customer_tab", args=[customer.pk, "value"]),
    }


def _safe(html: str) -> SafeString:
    """Cells and formatted amounts are markup that is safe already."""
    return mark_safe(html)  # noqa: S308 -- our own markup


def _rival(share: Any) -> dict[str, Any]:
    return {"name": share.competitor.label, "kg": share.kg, "price": _safe(price_cell(share)), "url": share_url(share)}


def parts(request: HttpRequest, demand: CustomerDemand) -> dict[str, Any]:
    """A demand's parts: ours, which is worked out, and the competitors'."""
    rows = list(demand.shares.select_related("competitor", "unit"))
    for share in rows:
        share.demand = demand
    ours = shipped_of_line(demand)
    rest = max(demand.kg_per_year - ours - sum((share.kg for share in rows), Decimal(0)), Decimal(0))
    return {
        "ours": ours,
        "rest": rest,
        "rows": [_rival(share) for share in rows],
        "add_url": f"{reverse('customers:demandshare_create')}?demand={demand.pk}"
        if request.user.has_perm("customers.add_demandshare")
        else "",
    }


def contribution(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """From sales to contribution; for readers who may not see costs nothing that they could be worked out from."""
    found = CustomerContribution.objects.visible_to(request.user, of=customer).first()
    if found is None:
        return None
    sees = request.user.has_perm(VIEW_COST)
    steps = waterfall(found) if sees else _without_cost(found)
    most = max((abs(amount) for _label, amount, _tone in steps), default=Decimal(0)) or Decimal(1)
    return {
        "steps": [
            {"label": label, "amount": amount, "tone": tone, "bar": abs(amount) * 100 / most}
            for label, amount, tone in steps
        ],
        "found": found,
        "sees": sees,
        "known": found.covered_sales * 100 / found.sales if sees and found.sales > 0 else None,
        "growth": (found.sales - found.sales_before) * 100 / found.sales_before if found.sales_before > 0 else None,
        "sales_trend": found.sales_by_quarter,
        "margin_trend": found.margin_by_quarter if sees else (),
        "no_rate": rate_on(timezone.localdate()) is None,
    }


Steps = list[tuple[str, Decimal, str]]


def waterfall(row: Any) -> Steps:
    """The steps from sales to contribution, of a customer's row or of sums over many; only for who may see costs."""
    steps = [(_("Invoiced sales"), row.sales, "primary")]
    if row.sales != row.covered_sales:
        steps.append((_("Sales without a known cost"), row.covered_sales - row.sales, "mute"))
    steps += [
        (_("Standard cost of sales"), -row.cost, "warn"),
        (_("Credit notes"), -row.rebates, "warn"),
        *_serving(row),
    ]
    if row.contribution is not None:
        steps.append((_("Contribution"), row.contribution, "ok" if row.contribution >= 0 else "bad"))
    return steps


def _serving(row: Any) -> Steps:
    return [
        (_("Losses by complaints"), -row.complaint_cost, "warn"),
        (_("Cost of shipments"), -row.shipping_cost, "warn"),
        (_("Cost of capital"), -row.capital_cost, "warn"),
    ]


def _without_cost(row: CustomerContribution) -> Steps:
    return [(_("Invoiced sales"), row.sales, "primary"), (_("Credit notes"), -row.rebates, "warn"), *_serving(row)]


def plans(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """The customer's plans, those that are not over first."""
    rows = list(ImprovementPlan.objects.visible_to(request.user, of=customer).order_by("-starts_on", "-pk")[:SHOWN])
    may_add = request.user.has_perm("customers.add_improvementplan")
    if not rows and not may_add:
        return None
    rows.sort(key=lambda plan: plan.state not in OPEN_STATES)
    return {
        "plans": [{"plan": plan, "url": plan_url(plan), "badge": _safe(plan_badge(plan))} for plan in rows],
        "add_url": f"{reverse('customers:improvementplan_create')}?customer={customer.pk}" if may_add else "",
        "list_url": f"{reverse('customers:improvementplan_list')}?customer={customer.pk}",
    }


def goals(request: HttpRequest, plan: ImprovementPlan) -> dict[str, Any]:
    """What the plan wants and what it has brought: what was, is, and is to be."""
    may_add = plan.state == PlanState.DRAFT and request.user.has_perm("customers.add_improvementgoal")
    rows = []
    for row in progress(plan, request.user):
        unit = row.measure.unit
        good = row.effect is not None and (row.effect >= 0) is row.measure.higher_is_better
        rows.append(
            {
                "label": row.measure.label,
                "baseline": _safe(amount_text(row.baseline, unit)),
                "now": _safe(amount_text(row.now, unit)),
                "effect": _safe(amount_text(row.effect, unit)),
                "tone": "" if not row.effect else "ok" if good else "bad",
                "target": _safe(amount_text(row.goal.target, unit)) if row.goal else "—",
                "goal": row.goal,
                "url": goal_url(row.goal) if row.goal else "",
                "reached": row.reached,
                "percent": row.percent,
            }
        )
    return {
        "rows": rows,
        "add_url": f"{reverse('customers:improvementgoal_create')}?plan={plan.pk}"
        if may_add and not is_held(plan)
        else "",
    }


def late_actions(request: HttpRequest, plan: ImprovementPlan) -> dict[str, Any] | None:
    """A warning when to-dos of the plan are past their time; nothing once it is over."""
    if plan.state not in OPEN_STATES:
        return None
    late = count_late_actions(plan)
    if not late:
        return None
    text = _("Actions that are past their time: %(count)d") % {"count": late}
    return {"icon": "alert-triangle", "title": "", "text": text, "tone": ""}
