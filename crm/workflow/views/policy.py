"""The pages of approval policies."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.errors import DomainError
from crm.formats import day_html, num
from crm.generic.entity import Entity
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView, EditView
from crm.generic.views.record import RecordView
from crm.markup import badge
from crm.workflow.domain import approval_policies as domain
from crm.workflow.filters.approval import PolicyFilter
from crm.workflow.forms.approval import NewPolicyForm, PolicyForm
from crm.workflow.models import ApprovalPolicy, PolicyState
from crm.workflow.tables.approval import POLICY_TONES, PolicyTable, document_name, policy_url

CHANGE = "crm.change_approvalpolicy"


class PolicyRecord(RecordView):
    """A policy's page; only a draft can be edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button for those that are or were in force."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state == PolicyState.DRAFT else {**context, "edit_url": ""}


class PolicyCreate(CreateView):
    """A new policy; its conditions and steps come next."""

    def form(self, **kwargs: Any) -> Any:
        """Asks for its kind of document."""
        return NewPolicyForm(user=self.request.user, **kwargs)

    def landing(self, record: Any) -> str:
        """The builder."""
        return self.entity.url("edit", record.pk)


class PolicyEdit(EditView):
    """The builder of a draft."""

    template = "workflow/policy_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; a policy in force leads back to its page."""
        record = self.record()
        if record.state != PolicyState.DRAFT:
            messages.info(request, _("A policy that is or was in force is not changed: make a new edition."))
            return HttpResponseRedirect(self.entity.record_url(record))
        return super().get(request, *args, **kwargs)


class PolicyStep(EntityView):
    """Publishes, retires, or makes a new edition."""

    action = "change"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; a rule that speaks against it is told."""
        record, act = self.record(), kwargs["act"]
        landing = self.entity.record_url(record)
        try:
            if act == "publish":
                domain.publish(policy=record, actor=request.user)  # type: ignore[arg-type]
                messages.success(request, _("The policy is in force now."))
            elif act == "retire":
                domain.retire(policy=record, actor=request.user)  # type: ignore[arg-type]
                messages.success(request, _("The policy was taken out of force. Requests that run keep its steps."))
            elif act == "edition":
                draft = domain.new_edition(policy=record, actor=request.user)  # type: ignore[arg-type]
                landing = self.entity.url("edit", draft.pk)
            else:
                raise Http404
        except DomainError as error:
            messages.error(request, str(error.message))
        return HttpResponseRedirect(landing)


def _action(key: str, label: Any, icon: str, *states: str, primary: bool = False) -> Action:
    return Action(
        label,
        lambda record: reverse("workflow:approvalpolicy_do", args=[record.pk, key]),
        icon,
        CHANGE,
        primary=primary,
        post=True,
        when=lambda record: record.state in states,
    )


def yes_no(value: bool) -> str:
    """A mark in words."""
    return _("yes") if value else _("no")


def _replaces(record: ApprovalPolicy) -> str:
    before = record.replaces
    if before is None:
        return ""
    text = _("edition %(n)s") % {"n": num(before.edition)}
    return format_html('<a href="{}">{}</a>', policy_url(before), text)


policy_entity = Entity(
    model=ApprovalPolicy,
    table=PolicyTable,
    dossier=False,
    filterset=PolicyFilter,
    form=PolicyForm,
    create=domain.create_policy,
    update=domain.update_policy,
    nav="settings",
    icon="shield-check",
    namespace="workflow",
    subtitle=gettext_lazy("Which documents need whose approval; the first policy whose conditions hold counts"),
    empty_text=gettext_lazy("Without a policy nothing can be approved: make the first one."),
    views={"create": PolicyCreate, "edit": PolicyEdit, "record": PolicyRecord},
    page=RecordPage(
        code=lambda record: str(record.pk),
        badges=lambda record: [badge(POLICY_TONES[record.state], record.get_state_display(), dot=True)],
        meta=lambda record: [("file-text", document_name(record))],
        actions=(
            _action("publish", gettext_lazy("Put into force"), "player-play", PolicyState.DRAFT, primary=True),
            _action(
                "edition", gettext_lazy("New edition"), "copy", PolicyState.PUBLISHED, PolicyState.RETIRED, primary=True
            ),
            _action("retire", gettext_lazy("Take out of force"), "player-stop", PolicyState.PUBLISHED),
            _action("retire", gettext_lazy("Give the draft up"), "trash", PolicyState.DRAFT),
        ),
        attributes=(
            (gettext_lazy("Kind of document"), document_name),
            "priority",
            (gettext_lazy("Valid from"), lambda record: day_html(record.valid_from)),
            (gettext_lazy("Valid until"), lambda record: day_html(record.valid_until)),
            (gettext_lazy("Requesters may decide their own requests"), lambda record: yes_no(record.own_allowed)),
            (pgettext_lazy("approval", "Edition"), lambda record: num(record.edition)),
            (pgettext_lazy("approval", "Replaces"), _replaces),
        ),
        select=("replaces",),
    ),
)


def policy_urls() -> list[URLPattern]:
    """The addresses of the steps of a policy."""
    view = PolicyStep.as_view(entity=policy_entity)
    return [path("approval-policies/<int:pk>/do/<slug:act>/", view, name="approvalpolicy_do")]
