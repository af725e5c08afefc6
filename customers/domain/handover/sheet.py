"""The hand-over sheet of one customer: what the receiver needs to know."""

from typing import Any

from django.utils import timezone

from crm.models import Comment, User
from crm.workflow.links import reference_of
from customers.extension_points import handover_items, open_business
from customers.models import Contact, HandoverLine

COMMENTS = 10


def sheet_of(line: HandoverLine, reader: User) -> dict[str, Any]:
    """Open records, other business that follows the customer, contacts, next step, notes and the last comments.

    The line was found in the reader's reach; so its customer may be read here before it is accepted. Phone numbers stay masked
    for those who are not on the account.
    """
    customer, owner = line.customer, line.pack.from_person
    kinds = [(item, list(item.lines(customer, owner))) for item in handover_items.all()]
    business = [(kind, kind.count([customer.pk]).get(customer.pk, 0)) for kind in open_business.all()]
    contacts = list(Contact._base_manager.filter(customer=customer).order_by("-is_primary", "name", "pk"))
    for contact in contacts:
        contact.customer = customer
    comments = Comment.objects.filter(**reference_of(customer)).present().select_related("author").order_by("-pk")
    return {
        "customer": customer,
        "open": [(item, rows) for item, rows in kinds if rows],
        "business": [(kind, count) for kind, count in business if count],
        "contacts": contacts,
        "comments": list(comments[:COMMENTS]),
        "printed_at": timezone.now(),
    }
