"""Rows of the kernel for the addresses to show, and how their addresses are filled."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from crm.models import (
    Attachment,
    Comment,
    ExportLog,
    ImportBatch,
    Job,
    Notification,
    PersonalDataEntry,
    SavedView,
    SignInEvent,
    TrailEntry,
    TrailErasure,
    UserSession,
    WorkingCalendar,
)
from crm.records.domain.trail import erase_from_trail
from integrations.domain.connection import encrypted
from integrations.models import (
    ApiToken,
    Difference,
    ExternalRef,
    OutboxMessage,
    Reconciliation,
    RejectedRow,
    SyncRun,
    Webhook,
    WebhookDelivery,
)
from tests.factories import records as make


def shared(record: Any) -> dict[str, Any]:
    """The address of a customer's collaborators."""
    return {"label": "customers.customer", "pk": record.pk}


def comment_of(record: Any) -> dict[str, Any]:
    """The address of the only comment on a customer, as its text."""
    return {**shared(record), "comment": Comment.objects.get(object_id=record.pk).pk, "?": "?as=text"}


def file_of(record: Any) -> dict[str, Any]:
    """The address of the only file of a customer."""
    return {**shared(record), "file": Attachment.objects.get(object_id=record.pk).pk}


def make_batch(org: Any, user: Any) -> ImportBatch:
    """An import of that person, waiting for its mapping."""
    return ImportBatch.objects.create(
        resource="price_reports",  # whoever may import at all may report prices
        upload=ContentFile("竞争对手\nD 牌\n".encode(), name="sheet"),
        file_name="prices.xlsx",
        created_by=user,
        headers=["竞争对手"],
        samples=[["D 牌"]],
        mapping=["competitor"],
    )


def make_job(org: Any, user: Any) -> Job:
    """A waiting job of that person."""
    return Job.objects.create(kind="test", created_by=user)


def make_notification(org: Any, user: Any) -> Notification:
    """Something that person was told."""
    now = timezone.now()
    return Notification.objects.create(recipient=user, kind="test", title="told", created_at=now, at=now)


def make_view(org: Any, owner: Any) -> SavedView:
    """A view of that person, for nobody else."""
    return SavedView.objects.create(list_key="customers.customer", name=f"v{SavedView.objects.count()}", owner=owner)


def make_export(org: Any, owner: Any) -> ExportLog:
    """A finished export of that person, with its file."""
    return ExportLog.objects.create(
        list_key="customers.customer",
        columns=["name"],
        form="csv",
        language="en",
        rows=1,
        file=ContentFile(b"a", name="sheet"),
        created_by=owner,
    )


def make_session(org: Any, user: Any) -> UserSession:
    """Another device on which that person is signed in."""
    now = timezone.now()
    return UserSession.objects.create(user=user, key="x", signed_in_at=now, last_seen_at=now)


def make_sign_in(org: Any, owner: Any = None) -> SignInEvent:
    """An entry of the log of signing in."""
    return SignInEvent.objects.create(user=owner, username="x", kind="signed_in", at=timezone.now())


def make_bulk_edit(org: Any, user: Any) -> Job:
    """A bulk edit of customers by that person."""
    params = {"list": "customers.customer", "query": "", "ids": [], "values": "", "language": "en"}
    return Job.objects.create(kind="bulk_edit", created_by=user, params=params, state="done")


def make_change(org: Any, owner: Any) -> TrailEntry:
    """The change that made a customer of that person."""
    customer = make.make_customer(org, owner=owner)
    return TrailEntry.objects.get(kind="customers.customer", record_id=customer.pk)


def make_run(org: Any, owner: Any = None) -> SyncRun:
    """A finished run of the sync; runs belong to nobody."""
    return SyncRun.objects.create(entity_set="A_SalesOrder", state="done")


def make_comparison(org: Any, owner: Any = None) -> Reconciliation:
    """A comparison that found a difference."""
    made = Reconciliation.objects.create(entity_set="A_SalesOrder", compared=2, differing=1)
    Difference.objects.create(reconciliation=made, number="4500000001", kind="there", theirs=5)
    return made


def make_number(org: Any, owner: Any = None) -> ExternalRef:
    """A customer's number in the ERP."""
    customer = make.make_customer(org, owner=owner or org.people.sales_rep)
    return ExternalRef.objects.create(
        system="SAP", entity="customer", external_id=f"19{customer.pk}", object_id=customer.pk
    )


def make_rejection(org: Any, owner: Any = None) -> RejectedRow:
    """A rejected row."""
    return RejectedRow.objects.create(
        run=make_run(org),
        entity_set="A_SalesOrder",
        external_id=str(SyncRun.objects.count()),
        reason="customer unknown",
        payload={"SalesOrder": "1"},
    )


def make_message(org: Any, owner: Any = None) -> OutboxMessage:
    """A message to the ERP that was refused."""
    customer = make.make_customer(org, owner=owner or org.people.sales_rep)
    now = timezone.now()
    return OutboxMessage.objects.create(
        kind="partner",
        object_id=customer.pk,
        title=str(customer),
        reference=f"CRM-{customer.pk}",
        state="refused",
        state_since=now,
        next_try_at=now,
        attempts=1,
        payload={"BusinessPartnerCategory": "2"},
        problem="erp_says",
        details={"texts": ["Grouping BP02 does not exist"], "status": 400},
    )


def make_erasure(org: Any, owner: Any = None) -> TrailErasure:
    """The phone number of a contact was taken out of the trail."""
    contact = make.make_contact(org, customer=make.make_customer(org, owner=owner or org.people.sales_rep))
    return erase_from_trail(
        kind="customers.contact", records=[contact.pk], fields=["phone"], reason="request of a person", actor=owner
    )


def make_personal_entry(org: Any, owner: Any = None) -> PersonalDataEntry:
    """Somebody has looked at a number."""
    return PersonalDataEntry.objects.create(
        deed="revealed", actor=owner, record_kind="customers.contact", record_id=1, field="phone"
    )


def masked_field(contact: Any) -> dict[str, Any]:
    """The address of a contact's masked phone number."""
    return {"label": "customers.contact", "pk": contact.pk, "field": "phone"}


def make_personal_export(org: Any, user: Any) -> PersonalDataEntry:
    """An archive that this person asked for."""
    return PersonalDataEntry.objects.create(deed="exported", actor=user, file=ContentFile(b"a", name="archive"))


def make_calendar(org: Any, owner: Any = None) -> WorkingCalendar:
    """A calendar of a business unit of its own, with a holiday; calendars belong to nobody."""
    number = WorkingCalendar.objects.count()
    unit = type(org.agro).objects.create(code=f"U{number}", name=f"U{number}")
    calendar = WorkingCalendar.objects.create(
        business_unit=unit, weekdays=[1], opens_at=dt.time(9), closes_at=dt.time(18)
    )
    calendar.special_days.create(day=timezone.localdate(), is_working=False)
    return calendar


def make_token(org: Any, owner: Any = None) -> ApiToken:
    """A token of that person."""
    number = ApiToken.objects.count() + 1
    return ApiToken.objects.create(
        user=owner or org.people.sales_rep,
        name=f"MES {number}",
        start="hpt_abcd",
        digest=f"{number:064d}",
        expires_on=make.day(30),
    )


def make_webhook(org: Any, owner: Any = None) -> Webhook:
    """A webhook of an administrator."""
    return Webhook.objects.create(
        name=f"OA {Webhook.objects.count() + 1}",
        url="https://oa.example.com/hook",
        owner=org.people.administrator,
        topics=["created"],
        secret_encrypted=encrypted("whs_secret"),
    )


def make_delivery(org: Any, owner: Any = None) -> WebhookDelivery:
    """A message that was delivered."""
    now = timezone.now()
    return WebhookDelivery.objects.create(
        webhook=make_webhook(org),
        event="created",
        at=now,
        due_at=now,
        state="sent",
        attempts=1,
        status=200,
        milliseconds=41,
        answer="ok",
        body='{"event": "created", "kind": "leads", "record": {"id": 17}}',
    )
