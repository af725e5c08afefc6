"""The pages of order requests."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from crm.base.querysets import may_write
from crm.errors import DomainError, StaleVersion
from crm.formats import day_html, money_html
from crm.generic.entity import Entity, Preset
from crm.generic.forms import style
from crm.generic.layout import Action, RecordPage
from crm.generic.views.edit import told
from crm.generic.views.record import RecordView
from crm.generic.views.step import Step, leads_to, step_actions
from crm.markup import badge
from crm.records.choices import listed
from opportunities.models import Quote
from opportunities.tables.quote import quote_url
from orders.domain.requests import correct_quantities, request_from, submit_request, update_request
from orders.enums import OrderRequestState
from orders.filters import OrderRequestFilter
from orders.forms import OrderRequestForm, QuantitiesForm
from orders.models import OrderRequest, OrderRequestLine
from orders.tables import REQUEST_TONES, OrderRequestTable
from orders.views.order import customer_link

ADD, CHANGE = "orders.add_orderrequest", "orders.change_orderrequest"


class RequestRecord(RecordView):
    """An order request's page; only a draft can be edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button once it was submitted."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state == OrderRequestState.DRAFT else {**context, "edit_url": ""}


class RequestStart(View):
    """From an accepted quote to its order request; pressed again it leads to the one that is there."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make it and go there."""
        user: Any = request.user
        if not user.has_perms((ADD, "opportunities.view_quote")):
            raise PermissionDenied
        quote = Quote.objects.visible_to(user).filter(pk=pk).first()
        if quote is None:
            raise Http404
        if not may_write(user, quote):
            raise PermissionDenied
        try:
            made, new = request_from(quote=quote, actor=user)
        except DomainError as error:
            messages.error(request, told(error))
            return HttpResponseRedirect(quote_url(quote))
        if new:
            messages.success(request, _("%(name)s was created.") % {"name": made})
        return HttpResponseRedirect(order_request_entity.record_url(made))


class RequestQuantities(View):
    """Corrects the quantities of a draft, for instance to what the ERP takes; asks why."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The right to change order requests, and a draft in scope."""
        user: Any = request.user
        if not user.has_perms(("orders.view_orderrequest", CHANGE)):
            raise PermissionDenied
        found = OrderRequest.objects.visible_to(user).filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        if not may_write(user, found):
            raise PermissionDenied
        self.record = found
        rows = OrderRequestLine.objects.visible_to(user, of=found).select_related("product", "unit")
        self.lines = list(rows.order_by("position", "pk"))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The quantities as they stand."""
        return self.show(QuantitiesForm(record=self.record, lines=self.lines))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change them; a rule that speaks against it is shown, and nothing typed is lost."""
        form = QuantitiesForm(request.POST, record=self.record, lines=self.lines)
        if not form.is_valid():
            return self.show(form, status=422)
        user: Any = request.user
        values = {"expected_version": form.cleaned_data["version_read"], "reason": form.cleaned_data["reason"]}
        try:
            correct_quantities(request=self.record, quantities=form.quantities, actor=user, **values)
        except DomainError as error:
            form.add_error(None, told(error))
            return self.show(form, status=409 if isinstance(error, StaleVersion) else 422)
        messages.success(request, _("The quantities of %(name)s were corrected.") % {"name": self.record})
        return HttpResponseRedirect(order_request_entity.record_url(self.record))

    def show(self, form: QuantitiesForm, status: int = 200) -> HttpResponse:
        """The page that asks."""
        for field in form.fields.values():
            style(field)
        url, label = order_request_entity.record_url(self.record), _("Correct quantities")
        context = {"form": form, "record": self.record, "cancel_url": url, "step": {"label": label}}
        context |= {"crumbs": [(str(self.record), url), (label, None)], "nav": "order_requests"}
        return render(self.request, "generic/step.html", context, status=status)


def _quote(record: OrderRequest) -> Any:
    return format_html('<a href="{}">{}</a>', quote_url(record.quote), record.quote.code)


def _erp_number(record: OrderRequest) -> Any:
    """A link to the sales order: the search goes by the number, and finds it once the sync has read it."""
    if not record.erp_number:
        return "—"
    return format_html(
        '<a href="{}?q={}">{}</a>', reverse("orders:salesorder_list"), record.erp_number, record.erp_number
    )


STEPS = (
    Step(
        OrderRequestState.SUBMITTED,
        gettext_lazy("Submit"),
        "send",
        CHANGE,
        lambda record, **values: submit_request(request=record, **values),
        leads_to(OrderRequestState.SUBMITTED),
        primary=True,
    ),
)

order_request_entity = Entity(
    model=OrderRequest,
    table=OrderRequestTable,
    filterset=OrderRequestFilter,
    form=OrderRequestForm,
    update=update_request,
    nav="order_requests",
    icon="clipboard-list",
    subtitle=gettext_lazy("What customers ordered by accepting a quote"),
    empty_text=gettext_lazy("An accepted quote becomes an order request by one press, on the quote's page."),
    views={"record": RequestRecord},
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("mine", gettext_lazy("Mine"), "owner=me"),
        Preset("draft", gettext_lazy("To be submitted"), "state=draft"),
    ),
    page=RecordPage(
        title=lambda record: _("Order request of %(customer)s") % {"customer": record.customer.name},
        code=lambda record: record.code,
        badges=lambda record: [badge(REQUEST_TONES[record.state], record.get_state_display(), dot=True)],
        meta=lambda record: [
            ("building-factory-2", customer_link(record)),
            ("file-dollar", _quote(record)),
            ("user", record.owner.label if record.owner else ""),
        ],
        actions=(
            *step_actions("orders:orderrequest", STEPS),
            Action(
                label=gettext_lazy("Correct quantities"),
                url=lambda record: reverse("orders:orderrequest_quantities", args=[record.pk]),
                icon="edit",
                permission=CHANGE,
                when=lambda record: record.state == OrderRequestState.DRAFT,
            ),
        ),
        attributes=(
            (gettext_lazy("Quote"), _quote),
            "customer_reference",
            (gettext_lazy("number in the ERP"), _erp_number),
            (gettext_lazy("requested delivery"), lambda record: day_html(record.requested_on)),
            (gettext_lazy("amount"), lambda record: money_html(record.net, record.currency_id, "yuan")),
            (gettext_lazy("payment terms"), lambda record: listed("payment_terms").label(record.payment_terms)),
            (gettext_lazy("delivery terms"), lambda record: listed("delivery_terms").label(record.delivery_terms)),
            "delivery_place",
            "remark",
            "team",
            "business_unit",
        ),
        select=("customer", "quote", "currency", "owner", "team", "business_unit"),
    ),
)
