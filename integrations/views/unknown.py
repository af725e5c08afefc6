"""Numbers of the ERP that nobody here has: the list, what is known of one, and saying whose it is."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from crm.errors import DomainError
from crm.formats import num
from crm.generic.forms import ReasonForm, style
from crm.generic.views.edit import add_error
from crm.workflow.links import address_of
from customers.views.register import ADD, RegisterFormView
from customers.views.registration import landing
from integrations.domain.numbers import give_number, register_for, take_number_away
from integrations.domain.unknown import (
    LINK,
    MODELS,
    ask_erp,
    facts_of,
    holder,
    suggested_customers,
    suggested_products,
    unknown_numbers,
    waiting_rows,
)
from integrations.enums import NumberKind
from integrations.forms import NumberForm
from integrations.models import RejectedRow
from integrations.sap.values import norm_id
from integrations.tables import entity_label

PAGE = 50
ROWS = 10  # of those that wait for a number
LAST_PAGE = 1000


class NumbersPage(PermissionRequiredMixin, View):
    """A page about numbers: for those who may give them, and see what they give them to."""

    raise_exception = True
    permission_required: tuple[str, ...] = (LINK, "customers.view_customer", "crm.view_product")

    def kind(self) -> str:
        """The kind in the address; 404 for none of ours."""
        kind = self.kwargs.get("kind") or self.request.GET.get("kind") or NumberKind.CUSTOMER
        if kind not in NumberKind.values:
            raise Http404
        return str(kind)

    def number(self) -> str:
        """The number in the address, as it is kept; 404 for what is none."""
        if not self.kwargs["number"].isprintable():
            raise Http404
        return norm_id(self.kwargs["number"])

    def crumbs(self, *more: tuple[Any, Any]) -> list[tuple[Any, Any]]:
        """From the list down."""
        return [(_("Unknown ERP numbers"), list_url(self.kind()) if more else None), *more]

    def record_shown(self, found: Any) -> dict[str, str] | None:
        """Who has a number, for a reader: with a link for those who may see it."""
        if found is None:
            return None
        seen = type(found).objects.visible_to(self.request.user).filter(pk=found.pk).exists()
        return {
            "name": found.name,
            "code": found.code if seen else "",
            "url": (address_of(found) or "") if seen else "",
        }


def list_url(kind: str) -> str:
    """The list of that kind."""
    return f"{reverse('integrations:unknown_numbers')}?{urlencode({'kind': kind})}"


class UnknownNumbers(NumbersPage):
    """The list: those that most documents wait for first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of it."""
        kind, begins = self.kind(), " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:80]
        text = request.GET.get("page", "")
        page = min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 5 else 1
        found, count = unknown_numbers(kind, begins=begins, limit=PAGE, offset=PAGE * (page - 1))
        facts = facts_of(kind, [one.number for one in found])
        context = {
            "kind": kind,
            "q": begins,
            "rows": [
                {
                    "number": one.number,
                    "facts": facts.get(one.number),
                    "count": one.rows,
                    "since": one.since,
                    "sets": [entity_label(name) for name in one.entity_sets],
                    "url": reverse("integrations:unknown_number", args=[kind, one.number]),
                }
                for one in found
            ],
            "count": count,
            "nameless": [
                one.number for one in found if one.number not in facts or self.lacks_tax(kind, facts[one.number])
            ],
            "page": {
                "number": page,
                "has_previous": page > 1,
                "has_next": PAGE * page < count,
                "previous_page_number": page - 1,
                "next_page_number": page + 1,
            },
            "tabs": [
                {"label": label, "url": list_url(each), "active": each == kind}
                for each, label in ((NumberKind.CUSTOMER, _("Business partners")), (NumberKind.PRODUCT, _("Products")))
            ],
            "nav": "unknown_numbers",
            "crumbs": self.crumbs(),
        }
        return render(request, "integrations/unknown.html", context)

    @staticmethod
    def lacks_tax(kind: str, facts: Any) -> bool:
        """Whether the ERP was not asked yet, which alone tells tax numbers."""
        return kind == NumberKind.CUSTOMER and not facts.asked


class AskView(NumbersPage):
    """Ask the ERP what it knows of some numbers; back to the page one came from."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Ask, and say what came."""
        numbers = [norm_id(number) for number in request.POST.getlist("number") if number.isprintable()]
        try:
            count = ask_erp(self.kind(), numbers, actor=request.user)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            words = ngettext("The ERP knows %(count)s of them.", "The ERP knows %(count)s of them.", count)
            messages.success(request, words % {"count": num(count)})
        if request.POST.get("back") and len(numbers) == 1:
            return HttpResponseRedirect(reverse("integrations:unknown_number", args=[self.kind(), numbers[0]]))
        return HttpResponseRedirect(list_url(self.kind()))


class UnknownNumber(NumbersPage):
    """One number: what the ERP says of it, who it may be, and what waits for it."""

    def get(self, request: HttpRequest, kind: str, number: str) -> HttpResponse:
        """The page."""
        return self.show(NumberForm(kind=self.kind(), user=request.user))

    def post(self, request: HttpRequest, kind: str, number: str) -> HttpResponse:
        """The number is that one's."""
        form = NumberForm(request.POST, kind=self.kind(), user=request.user)
        if not form.is_valid():
            return self.show(form, status=422)
        record = form.cleaned_data["record"]
        user: Any = request.user
        try:
            count = give_number(kind=self.kind(), number=self.number(), record=record, actor=user)
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        words = ngettext(
            "%(number)s is %(name)s now. %(count)s row is being tried again.",
            "%(number)s is %(name)s now. %(count)s rows are being tried again.",
            count,
        )
        messages.success(request, words % {"number": self.number(), "name": record.name, "count": num(count)})
        return HttpResponseRedirect(list_url(self.kind()))

    def show(self, form: NumberForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        kind, number, user = self.kind(), self.number(), self.request.user
        facts = facts_of(kind, [number]).get(number)
        rows = RejectedRow.objects.visible_to(user).filter(pk__in=waiting_rows(kind, number).values("pk"))
        context = {
            "kind": kind,
            "number": number,
            "facts": facts,
            "form": form,
            "holder": self.record_shown(holder(kind, number)),
            "take_url": reverse("integrations:take_number", args=[kind, number]),
            "suggested": self.suggested(kind, number, facts) if facts else [],
            "rows": [(row, entity_label(row.entity_set)) for row in rows.order_by("entity_set", "external_id")[:ROWS]],
            "count": rows.count(),
            "may_open": user.has_perm("integrations.view_syncrun"),
            "register_url": reverse("integrations:register_number", args=[number])
            if kind == NumberKind.CUSTOMER and user.has_perm(ADD)
            else "",
            "nav": "unknown_numbers",
            "crumbs": self.crumbs((number, None)),
        }
        return render(self.request, "integrations/unknown_number.html", context, status=status)

    def suggested(self, kind: str, number: str, facts: Any) -> list[dict[str, Any]]:
        """Who it may be, each with why."""
        user: Any = self.request.user
        if kind == NumberKind.PRODUCT:
            found = suggested_products(number, facts, actor=user)
            return [{"pk": one.pk, "name": one.name, "sub": one.code, "url": address_of(one)} for one in found]
        return [
            {
                "pk": one.pk,
                "name": one.name,
                "sub": " · ".join(filter(None, (one.code, one.city, one.owner, one.business_unit))),
                "verdict": one.verdict.label,
                "certain": one.certain,
                "why": " · ".join(one.reasons),
                "url": reverse("customers:customer_record", args=[one.pk]) if one.pk else "",
            }
            for one in suggested_customers(facts, actor=user)
        ]


class RegisterNumber(NumbersPage, RegisterFormView):
    """Register the company of a number: what the ERP knows is filled in, and the customer made of it has the number."""

    permission_required = (*NumbersPage.permission_required, ADD)
    template = "integrations/register_number.html"

    def company(self) -> str:
        """Its name there."""
        facts = self.facts()
        return facts.name if facts else ""

    def facts(self) -> Any:
        """What is known of the number."""
        return facts_of(NumberKind.CUSTOMER, [self.number()]).get(self.number())

    def initial(self) -> dict[str, Any]:
        """Place and credit code, as far as the ERP has them."""
        facts = self.facts()
        if facts is None:
            return {}
        return {"city": facts.city[:30], "credit_code": facts.tax_number if len(facts.tax_number) == 18 else ""}

    def write(self, **values: Any) -> HttpResponse:
        """Register. Raises DomainError."""
        user: Any = self.request.user
        return landing(self.request, register_for(number=self.number(), actor=user, **values))

    def around(self) -> dict[str, Any]:
        """Where the page stands."""
        back = reverse("integrations:unknown_number", args=[NumberKind.CUSTOMER, self.number()])
        crumbs = self.crumbs((self.number(), back), (_("Register it"), None))
        return {"nav": "unknown_numbers", "cancel_url": back, "crumbs": crumbs, "number": self.number()}


class TakeNumber(NumbersPage):
    """Take a number away from whoever has it: asks why."""

    def get(self, request: HttpRequest, kind: str, number: str) -> HttpResponse:
        """The page; 404 for a number nobody has, or whose holder one may not see."""
        return self.show(ReasonForm())

    def post(self, request: HttpRequest, kind: str, number: str) -> HttpResponse:
        """Do it; a rule that speaks against it is shown."""
        form, record = ReasonForm(request.POST), self.record()
        if not form.is_valid():
            return self.show(form, status=422)
        user: Any = request.user
        reason = form.cleaned_data["reason"]
        try:
            count = take_number_away(kind=self.kind(), number=self.number(), actor=user, reason=reason)
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        words = ngettext(
            "%(number)s is nobody's now. %(count)s document is read again.",
            "%(number)s is nobody's now. %(count)s documents are read again.",
            count,
        )
        messages.success(request, words % {"number": self.number(), "count": num(count)})
        return HttpResponseRedirect(address_of(record) or list_url(self.kind()))

    def record(self) -> Any:
        """Whose it is."""
        found = holder(self.kind(), self.number())
        rows = MODELS[self.kind()].objects.visible_to(self.request.user)
        record = rows.filter(pk=found.pk).first() if found is not None else None
        if record is None:
            raise Http404
        return record

    def show(self, form: ReasonForm, status: int = 200) -> HttpResponse:
        """The page that asks."""
        for field in form.fields.values():
            style(field)
        record = self.record()
        title = _("Take %(number)s away") % {"number": self.number()}
        context = {
            "form": form,
            "record": record,
            "title": title,
            "kind": self.kind(),
            "cancel_url": address_of(record),
            "nav": "unknown_numbers",
            "crumbs": self.crumbs((title, None)),
        }
        return render(self.request, "integrations/take_number.html", context, status=status)
