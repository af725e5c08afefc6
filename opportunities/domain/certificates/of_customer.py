"""What goes along with a customer to its new owner: the document sets that are not replaced."""

from django.urls import reverse

from customers.domain.handover.open_records import OpenRecords
from customers.extension_points import HandoverLineItem
from opportunities.domain.certificates.sets import followed, transfer_sets
from opportunities.models import DocumentSet


def _line(row: DocumentSet) -> HandoverLineItem:
    url = reverse("opportunities:documentset_record", args=[row.pk])
    return HandoverLineItem(f"{row.code} {row.title}", str(row.get_state_display()), url, row.sent_on)


FOLLOWED = OpenRecords(DocumentSet, lambda: followed(DocumentSet.objects.all()), _line, transfer_sets)
