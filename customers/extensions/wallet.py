"""What share of wallet, contribution and improvement plans add to the pages."""

from django.utils.translation import gettext_lazy as _

from crm.approvable import ApprovalDocument
from crm.configurable import NumberKind
from crm.demo import register_demo
from crm.extension_points import (
    HandoverMover,
    ImportResource,
    MenuItem,
    Panel,
    SettingsPage,
    choice_lists,
    handover_movers,
    import_resources,
    menu,
    number_kinds,
    panels,
    settings_pages,
)
from crm.workflow.documents import business_unit_fact, register_document
from customers.choices import DEMAND_SOURCE
from customers.domain import improvement
from customers.domain.wallet.figures import stored_shares
from customers.extension_points import CustomerMeasure, customer_measures
from customers.panels import wallet as parts
from customers.resources.demand import DemandResource

CUSTOMER = "customers.Customer"
PLAN = "customers.ImprovementPlan"
DEMANDS, PLANS = "customers.view_customerdemand", "customers.view_improvementplan"

for item in (
    MenuItem("demands", _("Share of wallet"), "customers:customerdemand_list", "chart-donut", "customers", 40, DEMANDS),
    MenuItem(
        "improvement_plans",
        _("Improvement plans"),
        "customers:improvementplan_list",
        "target-arrow",
        "customers",
        50,
        PLANS,
    ),
):
    menu.register(item)
settings_pages.register(
    SettingsPage(
        "serving_rates",
        _("Rates of serving customers"),
        _("What a shipment and the capital in receivables are reckoned to cost"),
        "customers:contributionrate_list",
        "percentage",
        "process",
        "customers.view_contributionrate",
    )
)
for panel in (
    Panel(
        "wallet", _("Share of wallet"), "tab", "customers/wallet/_wallet.html", parts.wallet, DEMANDS, 20, tab="value"
    ),
    Panel(
        "wallet_beside",
        _("Share of wallet"),
        "side",
        "customers/wallet/_beside.html",
        parts.wallet_beside,
        DEMANDS,
        10,
        lazy=True,
    ),
    Panel(
        "contribution",
        _("Contribution"),
        "tab",
        "customers/wallet/_contribution.html",
        parts.contribution,
        "customers.view_customercontribution",
        35,
        tab="value",
    ),
    Panel("plans", _("Improvement plans"), "tab", "customers/wallet/_plans.html", parts.plans, PLANS, 70, tab="value"),
):
    panels.register(panel, group=CUSTOMER)
panels.register(
    Panel(
        "parts", _("Who supplies it"), "main", "customers/wallet/_parts.html", parts.parts, "customers.view_demandshare"
    ),
    group="customers.CustomerDemand",
)
panels.register(Panel("late", _("Late actions"), "main", "ui/alert.html", parts.late_actions, order=5), group=PLAN)
panels.register(
    Panel("goals", _("Goals and effect"), "main", "customers/wallet/_goals.html", parts.goals, order=10), group=PLAN
)
register_document(
    ApprovalDocument(
        key=improvement.DOCUMENT,
        label=_("Improvement plan"),
        model=PLAN,
        permission="customers.change_improvementplan",
        facts=(business_unit_fact(),),
        show=("customer", "title", "owner", "starts_on", "ends_on", "strategy"),
        ready=improvement.ready,
        offered=improvement.offered,
        on_approved=improvement.on_approved,
        free_without_policy=True,
        icon="target-arrow",
        order=40,
    )
)
customer_measures.register(CustomerMeasure("share_of_wallet", _("Share of wallet"), "percent", stored_shares, order=45))
import_resources.register(
    ImportResource("demands", _("Share of wallet"), DemandResource, "customers.add_customerdemand", order=15)
)
number_kinds.register(
    NumberKind("improvement_plan", _("Improvement plans"), PLAN, "IMP-{yy}{mm}-{seq:4}", "monthly", order=60)
)
handover_movers.register(
    HandoverMover(
        "improvement_plans",
        _("Improvement plans"),
        PLAN,
        improvement.count_owned,
        improvement.take_over_plans,
        order=15,
    )
)
register_demo("customers.demo.wallet", key="wallet", order=85)
register_demo("customers.demo.plans", key="improvement_plans", order=95)
choice_lists.register(DEMAND_SOURCE)
