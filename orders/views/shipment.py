"""The pages of shipments."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import day_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from orders.filters import ShipmentFilter
from orders.models import Shipment
from orders.tables import SHIPMENT_TONES, ShipmentTable
from orders.views.order import delivery_switch, document_meta, gone_badge

shipment_entity = Entity(
    model=Shipment,
    table=ShipmentTable,
    filterset=ShipmentFilter,
    nav="orders",
    icon="truck-delivery",
    subtitle=_("From the ERP, read only"),
    empty_text=_("Shipments come from the ERP. Those of your customers appear here once they have been read."),
    page=RecordPage(
        title=lambda shipment: gettext("Shipment %(number)s") % {"number": shipment.number},
        code=lambda shipment: shipment.number,
        badges=lambda shipment: [
            markup.badge(SHIPMENT_TONES.get(shipment.status, "line"), shipment.get_status_display(), True),
            *gone_badge(shipment),
        ],
        meta=document_meta,
        select=("customer", "owner", "team", "region", "business_unit"),
        attributes=(
            (_("planned goods issue"), lambda shipment: day_html(shipment.planned_on)),
            (_("delivery date"), lambda shipment: day_html(shipment.delivery_on)),
            (_("shipped on"), lambda shipment: day_html(shipment.shipped_on)),
            (_("receipt confirmed on"), lambda shipment: day_html(shipment.received_on)),
            "carrier_reference",
            "business_unit",
            "team",
            "region",
        ),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("mine", _("Mine"), "owner=me"),
        Preset("planned", _("To be shipped"), "status=planned&status=picked"),
        Preset("way", _("On the way"), "status=shipped"),
    ),
    list_switch=delivery_switch,
)
