"""What the hand-over of customers adds to the pages of the kernel."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.configurable import NumberKind
from crm.extension_points import (
    MenuItem,
    NotificationKind,
    Panel,
    TrailVerb,
    WorkbenchCard,
    menu,
    notification_kinds,
    number_kinds,
    panels,
    trail_verbs,
)
from crm.extension_points import workbench_cards as cards
from customers.enums import PackState
from customers.models import HandoverPack
from customers.panels import handover as parts

VIEW = "customers.view_handoverpack"
COUNTED = 99


def to_accept(user: Any) -> int | None:
    """How many hand-overs wait for the user; no number for none."""
    rows = HandoverPack.objects.visible_to(user).filter(to_person=user.pk, state=PackState.OFFERED)
    return rows.order_by()[:COUNTED].count() or None


menu.register(
    MenuItem(
        key="handovers",
        label=_("Hand-overs"),
        url_name="customers:handoverpack_list",
        icon="user-share",
        section="customers",
        order=40,
        permission=VIEW,
        count=to_accept,
        hot=True,
    )
)
cards.register(WorkbenchCard("handovers", "side", "customers/handover/_card.html", parts.waiting_card, VIEW, order=15))
for panel in (
    Panel("customers", _("Customers"), "main", "customers/handover/_lines.html", parts.lines, order=10, prints=True),
    Panel("more", _("What else is to be handed over"), "side", "customers/handover/_more.html", parts.more, order=20),
    Panel("steps", _("Steps"), "side", "customers/handover/_steps.html", parts.steps, order=30),
):
    panels.register(panel, group="customers.HandoverPack")
notification_kinds.register(
    NotificationKind("handover", _("A hand-over of customers"), "work", icon="user-share", order=190)
)
trail_verbs.register(TrailVerb("hand_over", pgettext_lazy("audit trail", "Handed over")))
number_kinds.register(
    NumberKind("handover", _("Hand-overs"), "customers.HandoverPack", "HO-{yy}{mm}-{seq:4}", "monthly", order=60)
)
