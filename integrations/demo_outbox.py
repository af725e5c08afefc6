"""Where the demo company sells in its ERP (the simulator), what its terms are called there, the switches on, and some messages.

There is one message or two in each state, so that the pages have something to show; those on their way rest for a month, or the
worker would have sent them before anybody looks.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from crm.base.saving import create_record
from crm.demo.world import World
from crm.models import BusinessUnit
from crm.transitions import transition
from customers.models import Customer
from integrations.domain.outbox.kinds import Unready
from integrations.domain.outbox.orders import payload as order_body
from integrations.domain.outbox.partners import body_of
from integrations.enums import MessageKind, MessageState, Problem
from integrations.models import ErpCode, ExternalRef, OutboxMessage, OutboxSwitch, SalesArea
from orders.enums import OrderRequestState
from orders.models import OrderRequest

_CODES = {
    "payment_terms": {"prepaid": "ZB00", "deposit30": "ZD30", "net30": "ZB30", "net45": "ZB45", "net60": "ZB60"},
    "delivery_terms": {"delivered": "DAP", "ex_works": "EXW", "fob": "FOB", "cif": "CIF", "dap": "DAP"},
}


def generate(world: World) -> None:
    """Nothing is drawn: it follows from the business units."""


def load(world: World) -> None:
    """Written after the order requests, which their people send by hand to see it."""
    table = world["business_unit"]
    units = BusinessUnit._base_manager.in_bulk(field_name="code")
    for code, company, org, division in table.rows("code", "sap_company", "sap_org", "sap_division"):
        SalesArea._base_manager.create(
            business_unit=units[code],
            company_code=str(company),
            sales_organization=str(org),
            distribution_channel="10",
            division=division,
            order_type="OR",
            price_condition="PPR0",
            freight_condition="FRA1",
            partner_grouping="BP02",
            account_group="CUST",
            reconciliation_account="12100000",
            payment_terms="ZB30",
            currency_id="CNY",
            country="CN",
            tax_type="CN5",
            text_type="TX01",
        )
    for list_key, codes in _CODES.items():
        ErpCode._base_manager.bulk_create(
            ErpCode(list_key=list_key, item=item, code=code) for item, code in codes.items()
        )
    OutboxSwitch._base_manager.bulk_create(OutboxSwitch(kind=kind, is_on=True) for kind in MessageKind)
    _messages()


REST = dt.timedelta(days=30)
# What became of customers that the ERP does not have: state, problem, details, attempts, reason
_ENDS: tuple[tuple[MessageState, str, dict[str, Any], int, str], ...] = (
    (MessageState.WAITING, Problem.UNREACHABLE, {"text": ""}, 0, ""),
    (
        MessageState.REFUSED,
        Problem.ERP_SAYS,
        {"texts": ["Enter a valid postal code", "Region is required for CN"]},
        1,
        "",
    ),
    (MessageState.DEAD, Problem.UNKNOWN, {}, 12, ""),
    (MessageState.GIVEN_UP, "", {}, 0, "客户已注销，不再建档"),
)
_BLOCKED = {"texts": ["Item 10: Material is blocked for sales order processing in this sales area"], "status": 400}


def _messages() -> None:
    refs = ExternalRef._base_manager.filter(system="SAP", entity="customer")
    customers = Customer.objects.filter(
        merged_into=None, business_unit__in=SalesArea._base_manager.values("business_unit")
    )
    customers = customers.select_related("business_unit").order_by("-created_at", "-pk")
    for customer in customers.filter(pk__in=refs.values("object_id"))[:2]:
        number = refs.get(object_id=customer.pk).external_id
        message = _message(MessageKind.PARTNER, customer, customer.name)
        answer = {"BusinessPartner": number, "Customer": number}
        _end(
            message,
            MessageState.CONFIRMED,
            payload=body_of(customer, message.reference),
            erp_number=number,
            answer=answer,
        )
    unknown = customers.exclude(pk__in=refs.values("object_id"))
    for customer, (state, problem, details, attempts, reason) in zip(unknown, _ENDS, strict=False):
        message = _message(MessageKind.PARTNER, customer, customer.name)
        values = {"problem": problem, "details": details, "attempts": attempts, "next_try_at": timezone.now() + REST}
        if state in (MessageState.REFUSED, MessageState.DEAD):
            values["payload"] = body_of(customer, message.reference)
        _end(message, state, reason=reason, **values)
    handed_in = OrderRequest._base_manager.filter(state=OrderRequestState.SUBMITTED).select_related(
        "customer", "business_unit"
    )
    for request, state in zip(handed_in.order_by("pk"), (MessageState.DOUBT, MessageState.REFUSED), strict=False):
        _order(request, state)


def _order(request: OrderRequest, state: MessageState) -> None:
    message = _message(MessageKind.ORDER, request, f"{request.code} · {request.customer.name}")
    values: dict[str, Any] = {"attempts": 1, "next_try_at": timezone.now() + REST}
    try:
        values["payload"] = order_body(request, message.reference)
    except Unready:  # no product number or no code for its terms: it says so once somebody sends it
        return
    if state == MessageState.DOUBT:
        values |= {"problem": Problem.UNKNOWN, "posted_at": timezone.now()}
    else:
        values |= {"problem": Problem.ERP_SAYS, "details": _BLOCKED}
    _end(message, state, **values)


def _message(kind: MessageKind, record: Any, title: str) -> OutboxMessage:
    now = timezone.now()
    values = {"reference": f"CRM-DEMO{kind[0]}{record.pk:07d}".upper(), "title": title, "state_since": now}
    return create_record(OutboxMessage(kind=kind, object_id=record.pk, next_try_at=now + REST, **values))


def _end(message: OutboxMessage, state: MessageState, *, reason: str = "", **values: Any) -> None:
    """By the steps that it would have taken."""
    OutboxMessage._base_manager.filter(pk=message.pk).update(**values)
    message.refresh_from_db()
    if state == MessageState.WAITING:
        return
    if state != MessageState.GIVEN_UP:
        transition(message, MessageState.SENDING, actor=None)
    transition(message, state, actor=None, reason=reason)
