"""The pages that begin with one box: register a company, and 'does it exist?'."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import View
from redis.exceptions import RedisError

from crm.accounts.throttle import MINUTE, Throttle
from crm.errors import DomainError
from crm.generic.views.edit import add_error
from customers.domain.asking import ask_owner
from customers.domain.registration import register_customer
from customers.domain.registration_candidates import Known, candidates, look_up
from customers.forms.registration import RegisterForm
from customers.views.registration import landing, registration_entity

ADD = "customers.add_customerregistration"
SKIP = "customers.skip_registration"
TYPING = Throttle("candidates", 240, MINUTE)
LOOK_UPS = Throttle("exists", 60, 60 * MINUTE)
SHOWN_SALT, ASK_SALT = "customers.shown", "customers.ask"
ASKED_WITHIN = 24 * 60 * MINUTE
LONGEST = 200


def within(throttle: Throttle, user: Any) -> bool:
    """Whether the person may ask once more; without Redis nothing is counted."""
    try:
        return throttle.hit(user.pk)
    except (RedisError, OSError):
        return True


def hits(user: Any, found: list[Known]) -> list[dict[str, Any]]:
    """The candidates with what can be done about each: open it, or ask its owner."""
    opens = user.has_perm("customers.view_customer")
    return [
        {
            "known": known,
            "url": reverse("customers:customer_record", args=[known.customer]) if known.in_reach and opens else "",
            "ask": ""
            if known.in_reach or not known.customer
            else signing.dumps([user.pk, known.customer], salt=ASK_SALT),
        }
        for known in found
    ]


def sealed(user: Any, found: list[Known], before: Sequence[dict[str, Any]] = ()) -> str:
    """What was shown to the person, so that a form can carry it and nobody can make it up."""
    entries = {entry["customer"]: entry for entry in before}
    entries |= {known.customer: known.passed_over() for known in found if known.customer}
    return signing.dumps([user.pk, list(entries.values())], salt=SHOWN_SALT)


def seen(user: Any, text: str) -> list[dict[str, Any]]:
    """What a form carries; nothing when that was tampered with, or made for somebody else."""
    try:
        whose, entries = signing.loads(text, salt=SHOWN_SALT)
    except (signing.BadSignature, ValueError):
        return []
    return entries if whose == user.pk else []


def not_passed(found: list[Known], seen_before: Sequence[dict[str, Any]]) -> list[Known]:
    """The candidates that were not seen yet; of one that is being registered one is told when it is sent."""
    passed = {0, *(entry["customer"] for entry in seen_before)}
    return [known for known in found if known.customer not in passed]


def typed(request: HttpRequest, name: str = "q") -> str:
    """What stands in the box."""
    return " ".join(request.GET.get(name, "").split())[:LONGEST]


def crumbs_to(register: str | None) -> list[tuple[str, str | None]]:
    """The way to the box; a link unless one is there."""
    entity = registration_entity
    return [(entity.heading, entity.url("list")), (pgettext("registration", "Register"), register)]


class RegisterView(View):
    """One box; candidates come as one types."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; for htmx the candidates only."""
        if not request.user.has_perm(ADD):
            raise PermissionDenied
        text = typed(request)
        context: dict[str, Any] = {"q": text, "nav": "registrations", "may_skip": request.user.has_perm(SKIP)}
        if text:
            if within(TYPING, request.user):
                context["hits"] = hits(request.user, candidates(actor=request.user, text=text))  # type: ignore[arg-type]
            else:
                context["too_many"] = True
        context["crumbs"] = crumbs_to(None)
        part = "#candidates" if request.htmx else ""  # type: ignore[attr-defined]
        response = render(request, f"customers/registration/register.html{part}", context)
        response["Vary"] = "HX-Request"
        return response


class RegisterFormView(View):
    """'None of these': what is needed of the company, and sending it."""

    form_class: type[RegisterForm] = RegisterForm
    template = "customers/registration/form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for those who may register."""
        if not request.user.has_perm(ADD):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; the name, or the credit code, is carried over."""
        text = self.company()
        found = candidates(actor=request.user, text=text, **self.also_known())  # type: ignore[arg-type]
        initial = {"shown": sealed(request.user, found), **self.initial()}
        code = text.replace(" ", "").upper()
        if len(code) == 18 and code.isascii() and code.isalnum():
            initial["credit_code"] = code
        else:
            initial["name"] = text
        return self.show(self.form_class(user=request.user, initial=initial), found)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write it down and send it; candidates that were not seen yet are shown first."""
        form = self.form_class(request.POST, user=request.user)
        before = seen(request.user, request.POST.get("shown", ""))
        if not form.is_valid():
            return self.show(form, [], status=422)
        values = form.values()
        text, code = values["name"], values["credit_code"]
        found = candidates(actor=request.user, text=text, credit_code=code, **self.also_known())  # type: ignore[arg-type]
        if new := not_passed(found, before):
            data = request.POST.copy()
            data["shown"] = sealed(request.user, found, before)
            form.data = data
            form.add_error(None, _("There are further candidates. Is it one of these? If not, send it again."))
            return self.show(form, new, status=422)
        try:
            return self.write(passed_over=before, send="draft" not in request.POST, **values)
        except DomainError as error:
            add_error(form, error)
            return self.show(form, [], status=422)

    def company(self) -> str:
        """The name, or the credit code, that one comes with."""
        return typed(self.request, "name")

    def also_known(self) -> dict[str, str]:
        """What else is known of the company and helps to recognise it."""
        return {}

    def initial(self) -> dict[str, Any]:
        """What is known and need not be typed."""
        return {}

    def write(self, **values: Any) -> HttpResponse:
        """Register the company, and where one comes to then. Raises DomainError."""
        registration = register_customer(actor=self.request.user, **values)  # type: ignore[arg-type]
        return landing(self.request, registration)

    def show(self, form: RegisterForm, found: list[Known], status: int = 200) -> HttpResponse:
        """The form's page."""
        context = {"form": form, "hits": hits(self.request.user, found), **self.around()}
        return render(self.request, self.template, context, status=status)

    def around(self) -> dict[str, Any]:
        """Where the page stands."""
        register = reverse("customers:register")
        crumbs = [*crumbs_to(register), (_("None of these"), None)]
        return {"nav": "registrations", "cancel_url": register, "crumbs": crumbs}


class ExistsView(View):
    """'Does it exist?': for everybody; every answer is logged."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, with the answer once something was asked; for htmx the answer only."""
        text = typed(request)
        context: dict[str, Any] = {
            "q": text,
            "nav": "customers",
            "crumbs": [(_("Does it exist?"), None)],
            "may_register": request.user.has_perm(ADD),
        }
        if text:
            if within(LOOK_UPS, request.user):
                context["hits"] = hits(request.user, look_up(actor=request.user, text=text))  # type: ignore[arg-type]
            else:
                context["too_many"] = True
        part = "#answer" if request.htmx else ""  # type: ignore[attr-defined]
        response = render(request, f"customers/registration/exists.html{part}", context)
        response["Vary"] = "HX-Request"
        return response


class AskOwnerView(View):
    """Ask the owner of a candidate that one may not see."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give the owner a to-do; 404 for what was not shown to this person today."""
        try:
            user, customer = signing.loads(request.POST.get("ask", ""), salt=ASK_SALT, max_age=ASKED_WITHIN)
        except (signing.BadSignature, ValueError) as error:
            raise Http404 from error
        if user != request.user.pk:
            raise Http404
        try:
            task = ask_owner(customer=customer, actor=request.user)  # type: ignore[arg-type]
            text = _("%(name)s has a to-do now and will get in touch.") % {"name": task.assignee.label}
        except DomainError as error:
            text = str(error.message)
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "customers/registration/_asked.html", {"text": text})
        messages.info(request, text)
        return HttpResponseRedirect(reverse("customers:register"))
