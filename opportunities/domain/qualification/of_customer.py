"""What goes along with a customer to its new owner: admissions as a supplier that somebody has to look after."""

from django.urls import reverse

from customers.domain.handover.open_records import OpenRecords
from customers.extension_points import HandoverLineItem
from opportunities.domain.qualification.admissions import followed, transfer_admissions
from opportunities.models import SupplierAdmission


def _line(row: SupplierAdmission) -> HandoverLineItem:
    url = reverse("opportunities:supplieradmission_record", args=[row.pk])
    return HandoverLineItem(
        f"{row.code} {row.title}", str(row.get_state_display()), url, row.valid_until or row.submit_by
    )


FOLLOWED = OpenRecords(SupplierAdmission, lambda: followed(SupplierAdmission.objects.all()), _line, transfer_admissions)
