"""The pages of approval requests: list, request, decision, and asking for one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views import View

from crm.base.querysets import may_write
from crm.errors import AlreadyDecided, DomainError, NotAllowed
from crm.formats import moment_html
from crm.generic.entity import BulkAction, Entity, Preset
from crm.generic.forms import narrow_choices, style
from crm.generic.layout import RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.bulk import BulkView
from crm.generic.views.edit import add_error, told
from crm.generic.views.listing import ListView
from crm.generic.views.record import RecordView
from crm.markup import badge
from crm.workflow.domain import approval_decisions as domain
from crm.workflow.domain.approval_reading import own_parts, waiting_names
from crm.workflow.domain.approvals import planned_path, request_approval
from crm.workflow.filters.approval import ApprovalFilter
from crm.workflow.forms.approval import CommentForm, DecisionForm, DelegateForm, RefusalForm, SubmitForm
from crm.workflow.links import address_of
from crm.workflow.models import ApprovalRequest
from crm.workflow.models.approval_policy import declared_document
from crm.workflow.models.approval_request import DECIDE
from crm.workflow.tables.approval import TONES, ApprovalTable

MINE = "waiting=me"


class ApprovalList(ListView):
    """The list; without a filter it shows what the reader has to decide."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        if not request.GET:
            request.GET = QueryDict(MINE)  # type: ignore[assignment]
        return super().get(request, *args, **kwargs)

    def prepare(self, rows: Sequence[Any]) -> None:
        """To each row whose turn it is, and the reader's own part."""
        keys = [row.pk for row in rows]
        waiting, mine = waiting_names(keys), own_parts(keys, self.request.user)  # type: ignore[arg-type]
        for row in rows:
            row.waiting = waiting.get(row.pk, [])
            row.mine = mine.get(row.pk) if row.requester_id != self.request.user.pk or row.own_allowed else None


class ApprovalBulk(BulkView):
    """Approves several: of the rows ticked only those that are the reader's turn are counted and done."""

    def rows(self) -> QuerySet[Any]:
        """What waits for the reader."""
        return super().rows().waiting_for(self.request.user)  # type: ignore[attr-defined, no-any-return]


class ApprovalRecord(RecordView):
    """A request's page; its buttons stay in the thumb zone of a phone."""

    template = "workflow/approval.html"

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With `deciding`: whether the bar of buttons is there."""
        context = super().record_context(request, record, *args, **kwargs)
        shown = context.get("shown", {}).get("main", [])
        return {**context, "deciding": any(entry["values"].get("mine") for entry in shown)}


@dataclass(frozen=True)
class Act:
    """Something done about a request: `run(request=, actor=, **values)`; `form` asks for the values, None: nothing to ask."""

    key: str
    label: Any
    run: Callable[..., Any]
    form: type[forms.Form] | None
    done: Any


ACTS = {
    act.key: act
    for act in (
        Act(
            "approve",
            pgettext_lazy("approval", "Approve"),
            domain.approve,
            DecisionForm,
            gettext_lazy("You approved “%(title)s”."),
        ),
        Act("reject", gettext_lazy("Reject"), domain.reject, RefusalForm, gettext_lazy("You rejected “%(title)s”.")),
        Act(
            "return",
            gettext_lazy("Return for change"),
            domain.return_for_change,
            RefusalForm,
            gettext_lazy("You returned “%(title)s” for change."),
        ),
        Act(
            "delegate",
            gettext_lazy("Let somebody else decide"),
            domain.delegate,
            DelegateForm,
            gettext_lazy("Somebody else decides “%(title)s” now."),
        ),
        Act(
            "withdraw",
            gettext_lazy("Withdraw the request"),
            domain.withdraw,
            None,
            gettext_lazy("You withdrew the request for “%(title)s”."),
        ),
        Act(
            "remind",
            pgettext_lazy("approval", "Remind"),
            domain.remind,
            None,
            gettext_lazy("Those who have to decide “%(title)s” were reminded."),
        ),
    )
}


class Decide(EntityView):
    """Does one of the acts, by a press on the request's page or in the list; asks first where something has to be said."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that asks; an act that asks nothing has none."""
        act, record = self.act(), self.record()
        if act.form is None:
            return HttpResponseRedirect(self.entity.record_url(record))
        return self.show(record, act, self.form(act, initial={"step": request.GET.get("step")}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; who came too late is told who was quicker."""
        act, record = self.act(), self.record()
        values: dict[str, Any] = {}
        form = None
        if act.form is not None:
            data = request.POST.copy()
            data.setdefault("step", request.GET.get("step", ""))
            form = self.form(act, data)
            if not form.is_valid():
                return self.show(record, act, form, status=422)
            values = form.cleaned_data
        try:
            act.run(request=record, actor=request.user, **values)
        except (AlreadyDecided, NotAllowed) as error:
            messages.error(request, told(error))
            return HttpResponseRedirect(self.landing(record))
        except DomainError as error:
            if form is None:
                messages.error(request, told(error))
                return HttpResponseRedirect(self.landing(record))
            add_error(form, error)
            return self.show(record, act, form, status=422)
        messages.success(request, str(act.done) % {"title": record.title})
        return HttpResponseRedirect(self.landing(record))

    def landing(self, record: ApprovalRequest) -> str:
        """Back to the list for what was pressed there, else the request."""
        if self.request.GET.get("list"):
            query = self.request.POST.get("query", "")
            return self.entity.url("list") + (f"?{query}" if query else "")
        return self.entity.record_url(record)

    def act(self) -> Act:
        """The act of the address."""
        try:
            return ACTS[self.kwargs["act"]]
        except KeyError as error:
            raise Http404 from error

    def form(self, act: Act, data: Any = None, **kwargs: Any) -> Any:
        """The act's form, narrowed to the reader's scope."""
        form = act.form(data, **kwargs)  # type: ignore[misc]
        narrow_choices(form, self.request.user)
        for field in form.fields.values():
            style(field)
        return form

    def show(self, record: ApprovalRequest, act: Act, form: Any, status: int = 200) -> HttpResponse:
        """The page that asks."""
        url = self.entity.record_url(record)
        crumbs = [self.context()["list_crumb"], (str(record), url), (act.label, None)]
        context = self.context(record=record, step=act, form=form, cancel_url=url, crumbs=crumbs)
        return render(self.request, "generic/step.html", context, status=status)


class Ask(View):
    """Asks for approval of a document: shows who would decide, and takes a word for them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """403 without the right to ask, 404 for a document out of reach, 403 for one that is shared for reading only."""
        self.declared = declared_document(kwargs["key"])
        if self.declared is None:
            raise Http404
        model: Any = apps.get_model(self.declared.model)
        if not request.user.has_perm(self.declared.permission):
            raise PermissionDenied
        record = model.objects.visible_to(request.user).filter(pk=kwargs["pk"]).first()
        if record is None:
            raise Http404
        if not may_write(request.user, record):
            raise PermissionDenied
        self.subject = record
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        """The page that asks."""
        return self.show(SubmitForm())

    def post(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        """Send it; what speaks against it is shown."""
        form = SubmitForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            row = request_approval(document=key, record=self.subject, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        messages.success(request, _("“%(title)s” was sent for approval.") % {"title": row.title})
        return HttpResponseRedirect(address_of(self.subject) or approval_entity.record_url(row))

    def show(self, form: SubmitForm, status: int = 200) -> HttpResponse:
        """The page, with the way the request would go or what stands in its way."""
        title, problem = self.declared.title(self.subject), ""
        steps: list[Any] = []
        try:
            self.declared.ready(self.subject, {})
            _policy, steps = planned_path(declared=self.declared, record=self.subject, actor=self.request.user)  # type: ignore[arg-type]
        except DomainError as error:
            problem = str(error.message)
        url = address_of(self.subject)
        context = {
            "form": form,
            "declared": self.declared,
            "subject": title,
            "steps": [(step, "、".join(person.label for person in people)) for step, people in steps],
            "problem": problem if status == 200 and not self.declared.free_without_policy else "",
            "cancel_url": url,
            "nav": "approvals",
            "crumbs": [(title, url), (_("Send for approval"), None)],
        }
        return render(self.request, "workflow/approval_ask.html", context, status=status)


approval_entity = Entity(
    model=ApprovalRequest,
    table=ApprovalTable,
    dossier=False,
    filterset=ApprovalFilter,
    nav="approvals",
    icon="square-check",
    namespace="workflow",
    empty_text=gettext_lazy("Nothing waits here. A document that needs approval is sent from its own page."),
    presets=(
        Preset("mine", pgettext_lazy("approvals", "To decide"), MINE, sort="created_at"),
        Preset("asked", gettext_lazy("My requests"), "requester=me"),
        Preset("decided", gettext_lazy("Decided by me"), "decided=me"),
        Preset("all", gettext_lazy("All"), "all=1"),
    ),
    bulk_actions=(
        BulkAction(
            "approve",
            pgettext_lazy("approval", "Approve"),
            "check",
            DECIDE,
            domain.approve_many,
            CommentForm,
            gettext_lazy("Approved: %(count)d. What somebody else had decided before was left as it is."),
        ),
    ),
    views={"list": ApprovalList, "bulk": ApprovalBulk, "record": ApprovalRecord},
    page=RecordPage(
        title=str,
        code=lambda record: record.code,
        badges=lambda record: [
            badge(TONES[record.state], record.get_state_display(), dot=True),
            badge("line", record.document_label),
        ],
        meta=lambda record: [
            ("user", record.requester.label),
            ("clock", moment_html(record.created_at)),
            ("building", record.business_unit.label if record.business_unit else ""),
        ],
        select=("requester", "business_unit", "content_type"),
    ),
)


def approval_urls() -> list[URLPattern]:
    """The addresses of decisions and of asking for one."""
    return [
        path("approvals/<int:pk>/do/<slug:act>/", Decide.as_view(entity=approval_entity), name="approvalrequest_do"),
        path("approvals/ask/<str:key>/<int:pk>/", Ask.as_view(), name="approval_request"),
    ]
