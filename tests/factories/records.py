"""Records for tests, owned by whom the test names; everything else has a plausible default."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from crm.models import Tag, Task, User
from crm.records.domain.attachments import attach
from crm.records.domain.comments import add_comment
from crm.records.pinyin import search_text_of
from customers.domain.recognition_keys import remember_keys
from customers.models import Contact, Customer, CustomerFigures, CustomerRegistration
from customers.validators import credit_code_check_digit
from leads.models import Campaign, Lead
from opportunities.models import LeadConversion, Opportunity, Stage
from orders.models import (
    CustomerReturn,
    CustomerReturnLine,
    Invoice,
    InvoiceLine,
    Receivable,
    SalesOrder,
    SalesOrderLine,
    Shipment,
    ShipmentLine,
)
from service.models import Complaint
from tests.factories.organisation import Organisation

_numbers = itertools.count(1)


def day(offset: int = 0) -> dt.date:
    """Today, or so many days from it, in the company's zone; asked anew each time, because a run may pass midnight."""
    return timezone.localdate() + dt.timedelta(days=offset)


def credit_code(number: int) -> str:
    """A valid unified social credit code, different for each number."""
    first = f"91330200MA{number:07d}"
    return first + credit_code_check_digit(first)


def owned(org: Organisation, owner: User | None = None) -> dict[str, Any]:
    """Owner, team and business unit of a record: the sales representative's unless named."""
    owner = owner or org.people.sales_rep
    stranger = owner.pk == org.people.stranger.pk
    return {
        "owner": owner,
        "team": org.other_team if stranger else org.sub_team,
        "business_unit": org.agro if stranger else org.silicones,
    }


def make_customer(org: Organisation, *, owner: User | None = None, **values: Any) -> Customer:
    """A customer with figures."""
    number = next(_numbers)
    values.setdefault("name", f"测试客户{number}有限公司")
    values.setdefault("short_name", f"测试{number}")
    values.setdefault("code", f"C-{900000 + number}")
    values.setdefault("credit_code", credit_code(number))
    values.setdefault("region", org.east)
    values["search_text"] = search_text_of(
        values["name"], values["short_name"], others=(values["code"], values["credit_code"], values.get("phone", ""))
    )
    customer = Customer.objects.create(**{**owned(org, owner), **values})
    CustomerFigures.objects.create(customer=customer, refreshed_at=timezone.now(), sales_by_month=[0] * 12)
    remember_keys([customer])
    return customer


def make_commented(org: Organisation, *, owner: User | None = None, **values: Any) -> Customer:
    """A customer with a comment by its owner."""
    customer = make_customer(org, owner=owner)
    add_comment(actor=customer.owner, record=customer, text=values.get("text", "said"))
    return customer


def make_filed(org: Organisation, *, owner: User | None = None, **values: Any) -> Customer:
    """A customer with a file of its owner's."""
    customer = make_customer(org, owner=owner)
    attach(actor=customer.owner, record=customer, upload=ContentFile(b"%PDF-1.7 x", name="report.pdf"))
    return customer


def make_tag(org: Organisation, *, owner: User | None = None, **values: Any) -> Tag:
    """A tag."""
    return Tag.objects.create(**{"name": f"tag{next(_numbers)}", **values})


def make_contact(org: Organisation, *, customer: Customer | None = None, **values: Any) -> Contact:
    """A contact of a customer."""
    values.setdefault("name", f"联系人{next(_numbers)}")
    found_by = search_text_of(values["name"], others=(values.get("email", ""),), phone=values.get("phone", ""))
    values.setdefault("search_text", found_by)
    return Contact.objects.create(customer=customer or make_customer(org), **values)


def make_customer_contact(org: Organisation, *, owner: User | None = None, **values: Any) -> Contact:
    """A contact of a customer of that owner."""
    return make_contact(org, customer=make_customer(org, owner=owner), **values)


def make_qualified_lead(org: Organisation, *, owner: User | None = None, **values: Any) -> Lead:
    """A lead that can become an opportunity."""
    return make_lead(org, owner=owner, state="qualified", state_since=timezone.now(), **values)


def make_converting_lead(org: Organisation, *, owner: User | None = None, **values: Any) -> Lead:
    """A lead whose company is being registered, and waits for nobody yet."""
    lead = make_qualified_lead(org, owner=owner, **values)
    number = next(_numbers)
    registration = CustomerRegistration.objects.create(
        name=lead.company_name,
        name_key=f"k{number}",
        code=f"REG-T-{number:04d}",
        contact_name="x",
        state_since=timezone.now(),
        **owned(org, owner),
    )
    LeadConversion.objects.create(
        lead=lead, registration=registration, name=lead.company_name, asked_by=owner or org.people.sales_rep
    )
    return lead


def make_campaign(org: Organisation, *, owner: User | None = None, **values: Any) -> Campaign:
    """A campaign of the annual plan."""
    number = next(_numbers)
    values = {
        "name": f"技术交流会{number}",
        "kind": "seminar",
        "starts_on": day(),
        "ends_on": day(),
        "code": f"MKT-T-{number:04d}",
        "product_line": org.sealant,
        "region": org.east,
        **values,
    }
    values.setdefault("search_text", search_text_of(values["name"], others=(values["code"],)))
    return Campaign.objects.create(**{**owned(org, owner), **values})


def make_lead(org: Organisation, *, owner: User | None = None, **values: Any) -> Lead:
    """A new lead."""
    number = next(_numbers)
    values = {
        "company_name": f"线索公司{number}",
        "code": f"LD-T-{number:04d}",
        "received_on": day(),
        "product_line": org.sealant,
        "region": org.east,
        **values,
    }
    values.setdefault("search_text", search_text_of(values["company_name"], others=(values["code"],)))
    return Lead.objects.create(**{**owned(org, owner), **values})


def make_opportunity(
    org: Organisation,
    *,
    owner: User | None = None,
    customer: Customer | None = None,
    stage: str = "requirement",
    **values: Any,
) -> Opportunity:
    """An opportunity in a stage, without any answer to its gate."""
    number = next(_numbers)
    values = {
        "name": f"商机{number}",
        "code": f"OPP-T-{number:04d}",
        "stage_since": timezone.now(),
        "assigned_on": day(),
        "amount": Decimal("1000.00"),
        "amount_base": Decimal("1000.00"),
        **values,
    }
    values.setdefault("search_text", search_text_of(values["name"], others=(values["code"],)))
    stood = Stage.objects.get(code=stage)
    terms = {"probability": stood.probability, "standard_days": stood.standard_days}
    return Opportunity.objects.create(
        customer=customer or make_customer(org, owner=owner), stage=stood, **{**owned(org, owner), **terms, **values}
    )


def stamps(org: Organisation, customer: Customer) -> dict[str, Any]:
    """The dimensions a document of this customer carries."""
    return {
        "customer": customer,
        "owner": customer.owner,
        "team": customer.team,
        "business_unit": customer.business_unit,
        "region": customer.region,
    }


def make_order(
    org: Organisation, *, owner: User | None = None, customer: Customer | None = None, lines: int = 1, **values: Any
) -> SalesOrder:
    """A sales order with lines of 100 kg at 30.00 each."""
    customer = customer or make_customer(org, owner=owner)
    number = next(_numbers)
    values = {
        "number": f"45{number:08d}",
        "currency_id": "CNY",
        "read_at": timezone.now(),
        "ordered_on": day(),
        "net": Decimal(3000) * lines,
        "net_base": Decimal(3000) * lines,
        **values,
    }
    order = SalesOrder.objects.create(**{**stamps(org, customer), **values})
    for item in range(1, lines + 1):
        SalesOrderLine.objects.create(
            order=order,
            item=item * 10,
            product=org.product,
            product_line=org.sealant,
            quantity=100,
            unit="KG",
            quantity_base=100,
            ordered_on=order.ordered_on,
            promised_on=order.ordered_on,
            net=3000,
            net_base=3000,
            **stamps(org, customer),
        )
    return order


def make_shipment(
    org: Organisation,
    *,
    owner: User | None = None,
    customer: Customer | None = None,
    order: SalesOrder | None = None,
    **values: Any,
) -> Shipment:
    """A shipment of 100 kg, for the first line of an order when given."""
    customer = customer or (order.customer if order else make_customer(org, owner=owner))
    values = {
        "number": f"80{next(_numbers):08d}",
        "currency_id": "CNY",
        "read_at": timezone.now(),
        "planned_on": day(),
        "shipped_on": day(),
        "status": "shipped",
        **values,
    }
    shipment = Shipment.objects.create(**{**stamps(org, customer), **values})
    line = order.lines.first() if order else None
    ShipmentLine.objects.create(
        shipment=shipment,
        item=10,
        product=org.product,
        product_line=org.sealant,
        quantity=100,
        unit="KG",
        quantity_base=100,
        order_number=order.number if order else "",
        order_item=line.item if line else None,
        order_line=line,
        shipped_on=day(),
        **stamps(org, customer),
    )
    return shipment


def make_invoice(
    org: Organisation,
    *,
    owner: User | None = None,
    customer: Customer | None = None,
    order: SalesOrder | None = None,
    **values: Any,
) -> Invoice:
    """An invoice over 3,000 net with one line."""
    customer = customer or (order.customer if order else make_customer(org, owner=owner))
    values = {
        "number": f"90{next(_numbers):08d}",
        "currency_id": "CNY",
        "read_at": timezone.now(),
        "invoiced_on": day(),
        "due_on": day(),
        "net": Decimal(3000),
        "tax": Decimal(390),
        "gross": Decimal(3390),
        "net_base": Decimal(3000),
        **values,
    }
    invoice = Invoice.objects.create(**{**stamps(org, customer), **values})
    InvoiceLine.objects.create(
        invoice=invoice,
        item=10,
        product=org.product,
        product_line=org.sealant,
        quantity=100,
        unit="KG",
        quantity_base=100,
        invoiced_on=invoice.invoiced_on,
        net=invoice.net,
        gross=invoice.gross,
        net_base=invoice.net_base,
        order_number=order.number if order else "",
        order_item=10 if order else None,
        **stamps(org, customer),
    )
    return invoice


def make_receivable(
    org: Organisation, *, owner: User | None = None, customer: Customer | None = None, **values: Any
) -> Receivable:
    """An open item of 3,390 due today."""
    customer = customer or make_customer(org, owner=owner)
    values = {
        "number": f"1000/2026/{next(_numbers):010d}/1",
        "currency_id": "CNY",
        "read_at": timezone.now(),
        "posted_on": day(),
        "due_on": day(),
        "amount": Decimal(3390),
        "amount_base": Decimal(3390),
        **values,
    }
    return Receivable.objects.create(**{**stamps(org, customer), **values})


def make_return(
    org: Organisation,
    *,
    owner: User | None = None,
    customer: Customer | None = None,
    reference: str = "",
    **values: Any,
) -> CustomerReturn:
    """A return of 10 kg for 300."""
    customer = customer or make_customer(org, owner=owner)
    net, here = Decimal(300), stamps(org, customer)
    given = {"number": f"65{next(_numbers):08d}", "currency_id": "CNY", "read_at": timezone.now(), "kind": "return"}
    given |= {"requested_on": day(), "reference": reference, "net": net, "net_base": net}
    record = CustomerReturn.objects.create(**{**here, **given, **values})
    quantity = {"quantity": 10, "unit": "KG", "quantity_base": 10, "net": net, "net_base": net}
    product = {"product": org.product, "product_line": org.sealant}
    back = {"reference_number": reference, "reference_item": 10, "requested_on": record.requested_on}
    CustomerReturnLine.objects.create(customer_return=record, item=10, **here, **quantity, **product, **back)
    return record


def make_complaint(
    org: Organisation, *, owner: User | None = None, customer: Customer | None = None, **values: Any
) -> Complaint:
    """A registered complaint."""
    number = next(_numbers)
    values = {"code": f"ITR-T-{number:04d}", "title": f"起泡{number}", **values}
    values.setdefault("received_on", min(day(), values.get("due_on") or day()))
    values.setdefault("search_text", search_text_of(values["title"], others=(values["code"],)))
    return Complaint.objects.create(
        customer=customer or make_customer(org, owner=owner), **{**owned(org, owner), **values}
    )


def make_task(org: Organisation, *, owner: User | None = None, **values: Any) -> Task:
    """An open to-do of that person's own, due tomorrow."""
    title = f"回访{next(_numbers)}"
    stamps = owned(org, owner)
    values = {
        "title": title,
        "assignee": stamps["owner"],
        "creator": stamps["owner"],
        "team": stamps["team"],
        "business_unit": stamps["business_unit"],
        "due_at": timezone.now() + dt.timedelta(days=1),
        "state_since": timezone.now(),
        "search_text": search_text_of(title),
        **values,
    }
    return Task.objects.create(**values)
