"""What the funnel's views and the risks of deals add to the pages."""

from django.utils.translation import gettext_lazy as _

from crm.demo import register_demo
from crm.extension_points import MenuItem, Panel, menu, panels
from opportunities.panels.blockers import waiting
from opportunities.panels.opportunity import standing_context

menu.register(
    MenuItem(
        key="funnel",
        label=_("Funnel"),
        url_name="opportunities:funnel",
        icon="filter",
        section="deals",
        order=11,
        permission="opportunities.view_opportunity",
    )
)
panels.register(
    Panel(
        key="standing",
        label=_("Pace and risks"),
        slot="side",
        template="opportunities/_standing.html",
        context=standing_context,
        order=5,
    ),
    group="opportunities.Opportunity",
)
panels.register(
    Panel(
        key="waiting",
        label=_("Waits for"),
        slot="side",
        template="opportunities/_waiting.html",
        context=waiting,
        order=6,
    ),
    group="opportunities.Opportunity",
)
register_demo("opportunities.demo.funnel", key="funnel", order=996)
