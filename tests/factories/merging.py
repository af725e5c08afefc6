"""What can hang on a customer, for tests of merging: a function for each kind of record makes one."""

import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from crm.models import (
    ApprovalRequest,
    Attachment,
    Notification,
    RecordMark,
    RecordShare,
    SavedView,
    TagLink,
    Task,
    User,
)
from crm.records.domain.attachments import attach
from crm.records.domain.comments import add_comment
from crm.records.domain.tags import tag_record
from customers.domain.customer import create_customer
from customers.models import Customer, CustomerMerge
from customers.models.merging import undo_until
from integrations.models import ExternalRef
from orders.models import Settlement
from tests.factories.catalogue import make_report
from tests.factories.organisation import Organisation
from tests.factories.records import (
    day,
    make_complaint,
    make_contact,
    make_customer,
    make_invoice,
    make_lead,
    make_opportunity,
    make_order,
    make_receivable,
    make_shipment,
    make_task,
)

_numbers = itertools.count(1)


def about(customer: Customer) -> dict[str, Any]:
    """The reference of rows that can be about any kind of record."""
    return {"content_type": ContentType.objects.get_for_model(Customer), "object_id": customer.pk}


def _settle(org: Organisation, customer: Customer) -> None:
    invoice = make_invoice(org, customer=customer)
    for line in invoice.lines.all():
        Settlement.objects.create(
            invoice_line=line,
            customer=customer,
            settled_on=day(-3),
            amount_base=Decimal(7),
            business_unit=customer.business_unit,
            owner=customer.owner,
        )


def _task(org: Organisation, customer: Customer) -> None:
    Task.objects.filter(pk=make_task(org).pk).update(**about(customer))


def _mark(org: Organisation, customer: Customer, user: User | None = None) -> None:
    RecordMark.objects.get_or_create(
        user=user or org.people.colleague, **about(customer), defaults={"starred_at": timezone.now()}
    )


def _share(org: Organisation, customer: Customer) -> None:
    RecordShare.objects.get_or_create(user=org.people.finance, **about(customer))


def _approval(org: Organisation, customer: Customer) -> None:
    ApprovalRequest.objects.create(
        code=f"AP-T-{next(_numbers)}",
        document="campaign",
        title="past",
        requester=customer.owner,
        business_unit=customer.business_unit,
        state="approved",
        state_since=timezone.now(),
        **about(customer),
    )


def _notification(org: Organisation, customer: Customer) -> None:
    now = timezone.now()
    Notification.objects.create(
        recipient=org.people.colleague, kind="approval.decided", title="x", created_at=now, at=now, **about(customer)
    )


def _erp_number(org: Organisation, customer: Customer) -> None:
    ExternalRef.objects.create(system="SAP", entity="customer", external_id=f"K{next(_numbers)}", object_id=customer.pk)


def _view(org: Organisation, customer: Customer) -> None:
    SavedView.objects.create(
        owner=org.people.colleague,
        list_key="opportunities.opportunity",
        name=f"v{next(_numbers)}",
        query=f"sort=code&customer={customer.pk}&q=1",
    )


CHILDREN: dict[str, Callable[[Organisation, Customer], Any]] = {
    "contact": lambda org, c: make_contact(org, customer=c),
    "main contact": lambda org, c: (
        c.contacts.filter(is_primary=True).exists() or make_contact(org, customer=c, is_primary=True)
    ),
    "lead": lambda org, c: make_lead(org, customer=c),
    "opportunity": lambda org, c: make_opportunity(org, customer=c),
    "order": lambda org, c: make_order(org, customer=c),
    "shipment": lambda org, c: make_shipment(org, customer=c),
    "invoice": lambda org, c: make_invoice(org, customer=c),
    "settlement": _settle,
    "receivable": lambda org, c: make_receivable(org, customer=c),
    "complaint": lambda org, c: make_complaint(org, customer=c),
    "same file": lambda org, c: (
        Attachment.objects.filter(**about(c), name="same.pdf").exists()
        or attach(actor=c.owner, record=c, upload=ContentFile(b"%PDF-1.7 same", name="same.pdf"))
    ),
    "file": lambda org, c: attach(
        actor=c.owner, record=c, upload=ContentFile(f"%PDF-1.7 {next(_numbers)}".encode(), name="one.pdf")
    ),
    "comment": lambda org, c: add_comment(actor=c.owner, record=c, text="said"),
    "same tag": lambda org, c: (
        TagLink.objects.filter(**about(c), tag__name="both").exists()
        or tag_record(actor=org.people.data_steward, record=c, name="both")
    ),
    "tag": lambda org, c: tag_record(actor=org.people.data_steward, record=c, name=f"t{next(_numbers)}"),
    "task": _task,
    "mark": _mark,
    "own mark": lambda org, c: _mark(org, c, c.owner),
    "share": _share,
    "approval": _approval,
    "notification": _notification,
    "price report": lambda org, c: make_report(org, **about(c)),
    "ERP number": _erp_number,
    "saved view": _view,
}


def fill(org: Organisation, customer: Customer, *kinds: str) -> Customer:
    """Give a customer one record of each of these kinds (all of them when none is named)."""
    for kind in kinds or CHILDREN:
        CHILDREN[kind](org, customer)
    return customer


def make_real(org: Organisation, name: str, **values: Any) -> Customer:
    """A customer made by the archive's own function."""
    owner = values.pop("owner", org.people.sales_rep)
    return create_customer(actor=owner, owner=owner, name=name, **values)


def make_merge(org: Organisation, *, owner: User | None = None, **values: Any) -> CustomerMerge:
    """The log of a merge; nothing was moved."""
    winner, loser = make_customer(org, owner=owner), make_customer(org, owner=owner)
    Customer.objects.filter(pk=loser.pk).update(merged_into=winner)
    now = timezone.now()
    return CustomerMerge.objects.create(
        winner=winner,
        loser=loser,
        merged_by=org.people.data_steward,
        merged_at=now,
        undo_until=undo_until(now),
        **values,
    )


def make_namesake(org: Organisation, *, owner: User | None = None, **values: Any) -> Customer:
    """A customer with another of the same owner beside it, as `other`."""
    customer = make_customer(org, owner=owner)
    customer.other = make_customer(org, owner=owner)
    return customer
