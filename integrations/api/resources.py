"""Which kinds of record the API has: one line for each. Rights, rows, forms, filters and sorts are those of its pages' entity."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.administration.views.people import user_entity
from crm.administration.views.structure import region_entity, team_entity, unit_entity
from crm.errors import NotAllowed
from crm.generic.entity import Entity
from crm.products.views import market, money, price, product
from crm.workflow.views.approval import approval_entity
from crm.workflow.views.task import task_entity
from customers.forms.registration import RegisterForm
from customers.views import improvement, parts, wallet
from customers.views.admission import admission_entity
from customers.views.certificate import certificate_entity as certificate_demand_entity
from customers.views.contact import contact_entity
from customers.views.customer import customer_entity
from customers.views.handover import handover_entity
from customers.views.pool import pool_entry_entity
from customers.views.registration import registration_entity
from integrations.api.keys import ENTITIES
from integrations.api.lead_moves import LeadMoves
from integrations.api.moves import ComplaintMoves, Moves, OpportunityMoves, RegistrationMoves, StepMoves, TaskMoves
from integrations.api.registering import DRAFT, register_company
from integrations.wecom.views.checkins import checkin_entity
from leads.views.campaign import campaign_entity
from leads.views.lead import lead_entity
from opportunities.domain.quotes.quotes import quote_from
from opportunities.models import Opportunity, Quote
from opportunities.views import deal
from opportunities.views.certificate import certificate_entity
from opportunities.views.development import development_entity
from opportunities.views.document_set import document_set_entity
from opportunities.views.opportunity import opportunity_entity
from opportunities.views.qualification import supplier_admission_entity
from opportunities.views.quote import quote_entity
from opportunities.views.sample import sample_entity
from opportunities.views.tender import tender_entity
from orders.domain.requests import request_from
from orders.views.customer_return import customer_return_entity
from orders.views.invoice import invoice_entity
from orders.views.order import sales_order_entity
from orders.views.order_request import order_request_entity
from orders.views.receivable import receivable_entity
from orders.views.shipment import shipment_entity
from service.views.complaint import complaint_entity


@dataclass(frozen=True)
class Start:
    """A record that begins at another: `make(source, actor)` gives it and whether it is new; `field` names the source."""

    field: str
    model: Any
    permission: str
    make: Callable[[Any, Any], tuple[Any, bool]]


@dataclass(frozen=True)
class Making:
    """Another way to a new record than the entity's: the form that is asked, and `make(user, values)` that gives the record.
    `once` are values that nothing but this takes."""

    form: type
    make: Callable[[Any, Any], Any]
    once: tuple[str, ...] = ()


def _everybody(user: Any) -> bool:
    return True


@dataclass(frozen=True)
class Resource:
    """A kind of record. `name` stands in addresses.

    `lines` is the related name of its lines; `only` names the fields shown, when not all; `open` when everybody signed in may
    read it; `documents`: the ERP's, which are fed (integrations/api/documents.py) and not edited.
    """

    name: str
    entity: Entity
    moves: Moves | None = None
    lines: str = ""
    hidden: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    open: bool = False
    read_only: bool = False
    documents: bool = False
    starts: Start | None = None
    making: Making | None = None
    allowed: Callable[[Any], bool] = _everybody

    @property
    def entity_name(self) -> str:
        """What its keys in other systems are kept under."""
        return ENTITIES[self.model]

    @property
    def model(self) -> Any:
        """The model of its rows."""
        return self.entity.model

    @property
    def label(self) -> str:
        """The kind in words, in the plural."""
        return self.entity.plural

    def permission(self, action: str) -> str:
        """The right to view, add or change; "" when none is needed."""
        return "" if self.open and action == "view" else self.entity.permission(action)

    @property
    def creates(self) -> bool:
        """Whether there is a way to make one."""
        return not self.read_only and bool(self.starts or self.making or (self.entity.form and self.entity.create))

    @property
    def bulk(self) -> bool:
        """Whether many are made at once: what begins at another, or has candidates to look at, is made one by one."""
        return self.creates and self.starts is None and self.making is None

    @property
    def changes(self) -> bool:
        """Whether one can be changed."""
        return not self.read_only and bool(self.entity.form and self.entity.update)

    def may_create(self, user: Any) -> bool:
        """Whether the person may; raises NotAllowed where the page leads elsewhere."""
        return bool(user.has_perm(self.permission("add"))) and self.allowed(user)

    def again(self, user: Any, record: Any) -> Any:
        """The record as it is stored now."""
        return self.model.objects.visible_to(user).get(pk=record.pk)


def _may_skip_registration(user: Any) -> bool:
    if not user.has_perm("customers.skip_registration"):
        raise NotAllowed(_("Your role registers customers first: POST to registrations/, or on the page."))
    return True


FURTHER = (
    ("kpis", gettext_lazy("Indicators")),
)  # what else a token may be limited to: other apps' addresses below /api/v1/
_APPROVAL = (
    "id",
    "created_at",
    "updated_at",
    "code",
    "document",
    "title",
    "requester",
    "reason",
    "state",
    "state_since",
)
RESOURCES = (
    Resource("customers", customer_entity, StepMoves("customers:customer"), allowed=_may_skip_registration),
    Resource("contacts", contact_entity),
    Resource("addresses", parts.address_entity),
    Resource("billing-details", parts.billing_entity),
    Resource("legal-details", parts.legal_entity),
    Resource(
        "registrations",
        registration_entity,
        RegistrationMoves(),
        making=Making(RegisterForm, register_company, once=("shown", DRAFT)),
    ),
    Resource("admissions", admission_entity, StepMoves("customers:admission")),
    Resource("certificate-demands", certificate_demand_entity),
    Resource("demands", wallet.demand_entity),
    Resource("demand-shares", wallet.share_entity),
    Resource("improvement-plans", improvement.plan_entity, StepMoves("customers:improvementplan")),
    Resource("improvement-goals", improvement.goal_entity),
    Resource("handovers", handover_entity, StepMoves("customers:handoverpack")),
    Resource("pool-entries", pool_entry_entity, StepMoves("customers:poolentry")),
    Resource("campaigns", campaign_entity, StepMoves("leads:campaign")),
    Resource("leads", lead_entity, LeadMoves("leads:lead")),
    Resource("opportunities", opportunity_entity, OpportunityMoves()),
    Resource("opportunity-contacts", deal.contact_entity),
    Resource("opportunity-products", deal.product_entity),
    Resource("opportunity-members", deal.member_entity),
    Resource("opportunity-rivals", deal.rival_entity),
    Resource(
        "quotes",
        quote_entity,
        StepMoves("opportunities:quote"),
        lines="lines",
        starts=Start(
            "opportunity",
            Opportunity,
            "opportunities.add_quote",
            lambda source, actor: quote_from(opportunity=source, actor=actor),
        ),
    ),
    Resource("samples", sample_entity, StepMoves("opportunities:samplerequest"), lines="lines"),
    Resource("developments", development_entity, StepMoves("opportunities:developmentrequest")),
    Resource("tenders", tender_entity, StepMoves("opportunities:tender")),
    Resource("supplier-admissions", supplier_admission_entity, StepMoves("opportunities:supplieradmission")),
    Resource("certificates", certificate_entity, read_only=True),
    Resource("document-sets", document_set_entity, read_only=True),
    Resource(
        "order-requests",
        order_request_entity,
        StepMoves("orders:orderrequest"),
        lines="lines",
        starts=Start(
            "quote", Quote, "orders.add_orderrequest", lambda source, actor: request_from(quote=source, actor=actor)
        ),
    ),
    Resource("orders", sales_order_entity, lines="lines", documents=True),
    Resource("shipments", shipment_entity, lines="lines", documents=True),
    Resource("invoices", invoice_entity, lines="lines", documents=True),
    Resource("receivables", receivable_entity, documents=True),
    Resource("returns", customer_return_entity, lines="lines", documents=True),
    Resource("complaints", complaint_entity, ComplaintMoves()),
    Resource("tasks", task_entity, TaskMoves()),
    Resource("approvals", approval_entity, read_only=True, only=_APPROVAL),
    Resource("check-ins", checkin_entity),
    Resource("products", product.product_entity, read_only=True),
    Resource("product-lines", product.line_entity, read_only=True),
    Resource("units", product.unit_entity, read_only=True),
    Resource("price-lists", price.list_entity),
    Resource("prices", price.price_entity),
    Resource("exchange-rates", money.rate_entity),
    Resource("competitors", market.competitor_entity),
    Resource("competitor-products", market.competitor_product_entity),
    Resource("competitor-prices", market.report_entity),
    Resource("business-units", unit_entity, read_only=True),
    Resource("regions", region_entity, read_only=True),
    Resource("teams", team_entity, read_only=True),
    Resource(
        "users",
        user_entity,
        open=True,
        read_only=True,
        only=("id", "username", "display_name", "title", "business_unit", "is_active"),
    ),
)
BY_NAME = {resource.name: resource for resource in RESOURCES}
