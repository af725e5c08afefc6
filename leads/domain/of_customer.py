"""What leads say about customers: the open ones go along to a new owner."""

from django.urls import reverse

from customers.domain.handover.open_records import OpenRecords
from customers.extension_points import HandoverLineItem
from leads.domain.lead import assign_leads
from leads.models import Lead


def _line(row: Lead) -> HandoverLineItem:
    return HandoverLineItem(f"{row.code} {row.company_name}", row.need, reverse("leads:lead_record", args=[row.pk]))


OPEN = OpenRecords(Lead, Lead.objects.open, _line, assign_leads, order=("received_on", "pk"))
