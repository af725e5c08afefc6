"""Merging customers: what goes along, and what the pages show of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.extension_points import NotificationKind, TrailVerb, notification_kinds, trail_verbs
from customers.domain.merging.kernel import MOVERS
from customers.extension_points import merge_movers

for mover in MOVERS:
    merge_movers.register(mover)
notification_kinds.register(
    NotificationKind("customer_merged", _("One of your customers was merged"), "records", icon="git-merge", order=90)
)
trail_verbs.register(TrailVerb("merge", pgettext_lazy("audit trail", "Merged customers")))
trail_verbs.register(TrailVerb("undo_merge", pgettext_lazy("audit trail", "Undid a merge")))
