"""The screens of hand-overs."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError
from crm.generic.entity import Entity, Preset
from crm.generic.forms import ReasonForm, style
from crm.generic.layout import RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import add_error
from crm.generic.views.record import RecordView
from crm.generic.views.step import Step, leads_to
from crm.markup import badge
from crm.records.masking import unmask_rows
from customers.domain.handover import packs
from customers.domain.handover.sheet import sheet_of
from customers.enums import PackState
from customers.filters.handover import HandoverPackFilter
from customers.forms.handover import HandoverPackForm
from customers.models import Customer, HandoverLine, HandoverPack
from customers.panels.handover import strip
from customers.tables.handover import PACK_TONES, HandoverPackTable

CHANGE = "customers.change_handoverpack"


def _do(run: Any) -> Any:
    def step(record: HandoverPack, **values: Any) -> Any:
        return run(pack=record, **values)

    return step


STEPS = (
    Step("offer", _("Offer"), "send", CHANGE, _do(packs.offer), leads_to(PackState.OFFERED)),
    Step("accept", _("Accept"), "check", CHANGE, _do(packs.accept), leads_to(PackState.ACCEPTED)),
    Step("decline", _("Decline"), "x", CHANGE, _do(packs.decline), leads_to(PackState.DECLINED), ReasonForm),
    Step("withdraw", _("Withdraw"), "arrow-back-up", CHANGE, _do(packs.withdraw), leads_to(PackState.WITHDRAWN)),
)


class PackRecord(RecordView):
    """A hand-over's page; only who may offer it edits it, and only while it is a draft."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button for everybody else."""
        context = super().record_context(request, record, *args, **kwargs)
        edits = record.state == PackState.DRAFT and packs.may_offer(record, request.user)  # type: ignore[arg-type]
        return context if edits else {**context, "edit_url": ""}


handover_entity = Entity(
    model=HandoverPack,
    table=HandoverPackTable,
    views={"record": PackRecord},
    filterset=HandoverPackFilter,
    nav="handovers",
    icon="user-share",
    subtitle=_("Customers that go from one colleague to another with everything open"),
    form=HandoverPackForm,
    create=packs.create_pack,
    update=packs.update_pack,
    empty_text=_("When somebody leaves or moves, customers are handed over here, and the receiver accepts them."),
    presets=(
        Preset("all", _("All")),
        Preset("to_me", _("To me"), "to_person=me"),
        Preset("from_me", _("From me"), "from_person=me"),
        Preset("open", _("Not accepted yet"), "state=draft&state=offered"),
    ),
    page=RecordPage(
        title=lambda record: f"{record.from_person} → {record.to_person}",
        code=lambda record: record.code,
        badges=lambda record: [badge(PACK_TONES[record.state], record.get_state_display(), dot=True)],
        attributes=("from_person", "to_person", "reason", "note", "created_by"),
        select=("from_person", "to_person", "created_by"),
        strip="customers/handover/_strip.html",
        strip_context=strip,
    ),
)


class LineView(EntityView):
    """A customer of a hand-over that is in the reader's reach."""

    entity = handover_entity

    def line(self) -> HandoverLine:
        """The line of the address."""
        rows = HandoverLine.objects.visible_to(self.request.user, of=self.record()).select_related(
            "pack__from_person", "pack__to_person", "customer__figures", "customer__region"
        )
        found: HandoverLine | None = rows.filter(pk=self.kwargs["line"]).first()
        if found is None:
            raise Http404
        return found


class SheetView(LineView):
    """What the receiver needs to know of one customer, on paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; the browser prints it."""
        line = self.line()
        sheet = sheet_of(line, request.user)  # type: ignore[arg-type]
        unmask_rows(sheet["contacts"], request.user)
        plain = Customer.objects.visible_to(request.user).filter(pk=line.customer_id).exists()
        context = self.context(record=line.pack, line=line, plain=plain, **sheet)
        return render(request, "customers/handover/sheet.html", context)


class DeclineView(LineView):
    """The receiver does not take one of the customers."""

    writes = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that asks why."""
        self.check()
        return self.show(self.line(), self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; what speaks against it is shown."""
        self.check()
        line, form = self.line(), self.form(request.POST)
        if not form.is_valid():
            return self.show(line, form, status=422)
        try:
            packs.decline_line(line=line, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(line, form, status=422)
        messages.success(request, _("%(name)s stays where it is.") % {"name": line.customer})
        return HttpResponseRedirect(self.entity.record_url(line.pack))

    def check(self) -> None:
        """403 without the right to change hand-overs."""
        if not self.request.user.has_perm(CHANGE):
            raise PermissionDenied

    @staticmethod
    def form(data: Any = None) -> ReasonForm:
        """Asks why."""
        form = ReasonForm(data)
        for field in form.fields.values():
            style(field)
        return form

    def show(self, line: HandoverLine, form: ReasonForm, status: int = 200) -> HttpResponse:
        """The page that asks."""
        url = self.entity.record_url(line.pack)
        label = _("Decline this customer")
        crumbs = [self.context()["list_crumb"], (line.pack.code, url), (label, None)]
        context = self.context(record=line.customer, step={"label": label}, form=form, cancel_url=url, crumbs=crumbs)
        return render(self.request, "generic/step.html", context, status=status)
