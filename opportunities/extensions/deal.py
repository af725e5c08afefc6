"""People, competitors, further products and teams in deals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.demo import register_demo
from crm.extension_points import Panel, panels
from customers.domain.merging.moves import foreign_keys
from customers.extension_points import merge_movers
from opportunities.panels import deal as parts

OPPORTUNITY = "opportunities.Opportunity"

for panel in (
    Panel("loss", _("Loss"), "main", "opportunities/_loss.html", parts.loss, order=5),
    Panel(
        "people",
        pgettext_lazy("deal", "Who decides"),
        "side",
        "opportunities/_people.html",
        parts.people,
        "opportunities.view_opportunitycontact",
        20,
    ),
    Panel(
        "products",
        _("Further products"),
        "main",
        "opportunities/_products.html",
        parts.products,
        "opportunities.view_opportunityproduct",
        35,
    ),
    Panel(
        "team",
        _("Team and shares"),
        "side",
        "opportunities/_team.html",
        parts.team,
        "opportunities.view_opportunitymember",
        40,
    ),
    Panel(
        "rivals",
        _("Competitors"),
        "side",
        "opportunities/_rivals.html",
        parts.rivals,
        "opportunities.view_opportunityrival",
        30,
    ),
):
    panels.register(panel, group=OPPORTUNITY)
merge_movers.register(
    foreign_keys(
        "end_customer_opportunities",
        _("Opportunities as end customer"),
        "opportunities.Opportunity.end_customer",
        order=31,
    )
)

register_demo("opportunities.demo.deal", key="deals", order=41)
