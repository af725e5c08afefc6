"""Merging customers: what goes along, and what the pages show of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.demo import register_demo
from crm.extension_points import NotificationKind, Panel, TrailVerb, notification_kinds, panels, trail_verbs
from customers.domain.merging import assets, kernel
from customers.extension_points import merge_movers
from customers.panels.merging import moved

for mover in (*kernel.MOVERS, *assets.MOVERS):
    merge_movers.register(mover)
notification_kinds.register(
    NotificationKind("customer_merged", _("One of your customers was merged"), "records", icon="copy", order=90)
)
trail_verbs.register(TrailVerb("merge", pgettext_lazy("audit trail", "Merged customers")))
trail_verbs.register(TrailVerb("undo_merge", pgettext_lazy("audit trail", "Undid a merge")))
panels.register(
    Panel("moved", _("What went along"), "main", "customers/merging/_moved.html", moved, order=10),
    group="customers.CustomerMerge",
)
register_demo("customers.demo.merging", key="merged_customers", order=95)
