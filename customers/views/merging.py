"""Merge a customer with another: choose it, choose the values, and undo it; the list of merges, and of pairs that wait."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.errors import DomainError, StaleVersion
from crm.formats import moment_html
from crm.generic.entity import Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import told
from crm.generic.views.step import Step, step_actions
from crm.markup import badge
from customers.domain.merging.choices import LOSER, WINNER, choices_between
from customers.domain.merging.merge import RIGHT, merge_customers
from customers.domain.merging.pairs import possible_pairs, set_apart
from customers.domain.merging.preview import proposed_for, warnings_for, what_moves, winner_of
from customers.domain.merging.undo import undo_merge
from customers.filters.merging import CustomerMergeFilter
from customers.forms.merging import ApartForm, ConfirmForm, OtherForm
from customers.models import Customer, CustomerMerge, MergeState
from customers.tables.merging import MERGE_TONES, CustomerMergeTable


class MergeView(EntityView):
    """Base: the right to merge, and the customer within reach."""

    writes = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """403 without the right."""
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def reader(self) -> Any:
        """Who is signed in."""
        return self.request.user

    def page(
        self, template: str, customer: Customer | None, title: str, status: int = 200, **more: Any
    ) -> HttpResponse:
        """A page with its crumbs."""
        crumbs = [self.context()["list_crumb"]]
        if customer is not None:
            crumbs.append((str(customer), self.entity.record_url(customer)))
        crumbs.append((title, None))
        context = self.context(title=title, customer=customer, crumbs=crumbs, **more)
        return render(self.request, f"customers/merging/{template}", context, status=status)


class ChooseView(MergeView):
    """With which other customer."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A box to seek it, and those that may be the same company."""
        customer = self.record()
        return self.show(customer, OtherForm(user=request.user, customer=customer))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """On to the values."""
        customer = self.record()
        form = OtherForm(request.POST, user=request.user, customer=customer)
        if not form.is_valid():
            return self.show(customer, form, status=422)
        return HttpResponseRedirect(
            reverse("customers:customer_merge_values", args=[customer.pk, form.cleaned_data["other"].pk])
        )

    def show(self, customer: Customer, form: OtherForm, status: int = 200) -> HttpResponse:
        """The page."""
        return self.page(
            "choose.html",
            customer,
            _("Merge with…"),
            status,
            form=form,
            proposed=proposed_for(customer, self.reader),
            cancel_url=self.entity.record_url(customer),
        )


class ValuesView(MergeView):
    """Whose value stands, what goes along, and the button that does it. `pk` is kept, `other` is merged into it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page; after the merge, when somebody comes back to it, the way to the customer that was kept."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            winner = winner_of(kwargs["other"], request.user)  # type: ignore[arg-type]
            if winner is None:
                raise
            messages.info(request, _("They are merged already: this is the customer that was kept."))
            return HttpResponseRedirect(self.entity.record_url(winner))

    def both(self) -> tuple[Customer, Customer]:
        """The two, within reach; 404 for a pair that is none."""
        winner = self.record()
        rows = Customer.objects.visible_to(self.request.user, write=True).select_related("owner", "business_unit")
        loser = rows.filter(pk=self.kwargs["other"]).exclude(pk=winner.pk).first()
        if loser is None:
            raise Http404
        return winner, loser

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The values side by side."""
        winner, loser = self.both()
        return self.show(winner, loser)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Merge them, unless one changed since the page was read: then the page shows what is stored now."""
        winner, loser = self.both()
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self.show(winner, loser, form, status=422)
        names = [line.name for line in choices_between(winner, loser)]
        values = {name: LOSER if request.POST.get(f"take-{name}") == LOSER else WINNER for name in names}
        winner.version, loser.version = form.cleaned_data["winner_version"], form.cleaned_data["loser_version"]
        try:
            done = merge_customers(
                winner=winner, loser=loser, values=values, actor=self.reader, reason=form.cleaned_data["reason"]
            )
        except StaleVersion as error:
            winner, loser = self.both()
            return self.show(winner, loser, status=409, problem=told(error), chosen=values)
        except DomainError as error:
            return self.show(winner, loser, form, status=422, problem=told(error), chosen=values)
        messages.success(request, _("%(name)s was merged.") % {"name": done.loser.name})
        return HttpResponseRedirect(reverse("customers:customermerge_record", args=[done.pk]))

    def show(
        self,
        winner: Customer,
        loser: Customer,
        form: ConfirmForm | None = None,
        status: int = 200,
        problem: str = "",
        chosen: dict[str, str] | None = None,
    ) -> HttpResponse:
        """The page."""
        stored = {"winner_version": winner.version, "loser_version": loser.version}
        lines = [(line, (chosen or {}).get(line.name, line.proposed)) for line in choices_between(winner, loser)]
        return self.page(
            "values.html",
            winner,
            _("Merge with %(name)s") % {"name": loser},
            status,
            winner=winner,
            loser=loser,
            form=form or ConfirmForm(initial=stored),
            lines=lines,
            counts=what_moves(loser),
            warnings=warnings_for(winner, loser),
            problem=problem,
            swap_url=reverse("customers:customer_merge_values", args=[loser.pk, winner.pk]),
            cancel_url=self.entity.record_url(winner),
        )


class PairsView(MergeView):
    """Pairs that may be one company: merge them, or say that they are two."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The pairs in reach."""
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """These two are not the same."""
        form = ApartForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say why they are two companies."))
            return HttpResponseRedirect(reverse("customers:customer_duplicates"))
        values = form.cleaned_data
        seen = Customer.objects.visible_to(request.user).filter(pk__in=(values["one"], values["other"])).count()
        if seen != 2:
            raise Http404
        try:
            set_apart(one=values["one"], other=values["other"], actor=self.reader, reason=values["reason"])
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("They are not proposed again."))
        return HttpResponseRedirect(reverse("customers:customer_duplicates"))

    def show(self) -> HttpResponse:
        """The page."""
        return self.page("pairs.html", None, _("Possible duplicates"), pairs=possible_pairs(self.reader))


def _link(customer: Customer) -> Any:
    url = reverse("customers:customer_record", args=[customer.pk])
    return format_html('<a href="{}">{} {}</a>', url, customer.name, customer.code)


def _undo(record: CustomerMerge, *, actor: Any, reason: str) -> CustomerMerge:
    return undo_merge(merge=record, actor=actor, reason=reason)


STEPS = (
    Step(
        MergeState.UNDONE,
        gettext_lazy("Undo the merge"),
        "arrow-back-up",
        RIGHT,
        _undo,
        lambda record: record.can_be_undone,
        ReasonForm,
    ),
)
merge_entity = Entity(
    model=CustomerMerge,
    table=CustomerMergeTable,
    filterset=CustomerMergeFilter,
    nav="customers",
    icon="copy",
    subtitle=gettext_lazy("Customers that became one"),
    empty_text=gettext_lazy("No customers have been merged yet. Open a customer and choose “Merge with…”."),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("done", gettext_lazy("Merged"), "state=done"),
        Preset("undone", gettext_lazy("Undone"), "state=undone"),
    ),
    dossier=False,
    page=RecordPage(
        title=str,
        code=lambda record: f"{record.loser.code} → {record.winner.code}",
        badges=lambda record: [badge(MERGE_TONES[record.state], record.get_state_display(), dot=True)],
        meta=lambda record: [
            ("user", record.merged_by.label),
            ("calendar-event", moment_html(record.merged_at)),
        ],
        actions=step_actions("customers:customermerge", STEPS),
        attributes=(
            (pgettext_lazy("merge", "Kept"), lambda record: _link(record.winner)),
            (gettext_lazy("Merged into it"), lambda record: f"{record.loser.name} {record.loser.code}"),
            "reason",
            (gettext_lazy("Can be undone until"), lambda record: moment_html(record.undo_until)),
        ),
        select=("winner", "loser", "merged_by"),
    ),
)
