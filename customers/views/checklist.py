"""The pages of admission checklists."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.errors import DomainError
from crm.formats import num
from crm.generic.entity import Entity
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView, EditView
from crm.generic.views.record import RecordView
from crm.markup import badge
from customers.domain.admission import checklists as domain
from customers.enums import ChecklistState
from customers.filters.admission import ChecklistFilter
from customers.forms.admission import ChecklistForm, NewChecklistForm
from customers.models import AdmissionChecklist
from customers.tables.admission import CHECKLIST_TONES, ChecklistTable, checklist_url

CHANGE = "customers.change_admissionchecklist"


class ChecklistRecord(RecordView):
    """A checklist's page; only a draft can be edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button for those that are or were in force."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state == ChecklistState.DRAFT else {**context, "edit_url": ""}


class ChecklistCreate(CreateView):
    """A new checklist; its questions come next."""

    def form(self, **kwargs: Any) -> Any:
        """Asks what it is for."""
        return NewChecklistForm(user=self.request.user, **kwargs)

    def landing(self, record: Any) -> str:
        """The builder."""
        return self.entity.url("edit", record.pk)


class ChecklistEdit(EditView):
    """The builder of a draft."""

    template = "customers/admission/checklist_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; a checklist in force leads back to its page."""
        record = self.record()
        if record.state != ChecklistState.DRAFT:
            messages.info(request, _("A checklist that is or was in force is not changed: make a new edition."))
            return HttpResponseRedirect(self.entity.record_url(record))
        return super().get(request, *args, **kwargs)


class ChecklistDo(EntityView):
    """Publishes, retires, or makes a new edition."""

    action = "change"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; a rule that speaks against it is told."""
        record, act, actor = self.record(), kwargs["act"], request.user
        landing = self.entity.record_url(record)
        try:
            if act == "publish":
                domain.publish(checklist=record, actor=actor)  # type: ignore[arg-type]
                messages.success(request, _("The checklist is in force now."))
            elif act == "retire":
                domain.retire(checklist=record, actor=actor)  # type: ignore[arg-type]
                messages.success(request, _("The checklist was taken out of force. Admissions that run keep it."))
            elif act == "edition":
                draft = domain.new_edition(checklist=record, actor=actor)  # type: ignore[arg-type]
                landing = self.entity.url("edit", draft.pk)
            else:
                raise Http404
        except DomainError as error:
            messages.error(request, str(error.message))
        return HttpResponseRedirect(landing)


def _action(key: str, label: Any, icon: str, *states: str, primary: bool = False) -> Action:
    return Action(
        label,
        lambda record: reverse("customers:admissionchecklist_do", args=[record.pk, key]),
        icon,
        CHANGE,
        primary=primary,
        post=True,
        when=lambda record: record.state in states,
    )


def _replaces(record: AdmissionChecklist) -> Any:
    before = record.replaces
    if before is None:
        return ""
    return format_html('<a href="{}">{}</a>', checklist_url(before), _("edition %(n)s") % {"n": num(before.edition)})


DRAFT, PUBLISHED, RETIRED = ChecklistState.DRAFT, ChecklistState.PUBLISHED, ChecklistState.RETIRED
checklist_entity = Entity(
    model=AdmissionChecklist,
    table=ChecklistTable,
    dossier=False,
    filterset=ChecklistFilter,
    form=ChecklistForm,
    create=domain.create_checklist,
    update=domain.update_checklist,
    nav="settings",
    icon="list-check",
    subtitle=gettext_lazy("What is asked before a customer is admitted"),
    empty_text=gettext_lazy("Without a checklist no customer can be admitted: make the first one."),
    views={"create": ChecklistCreate, "edit": ChecklistEdit, "record": ChecklistRecord},
    page=RecordPage(
        code=lambda record: str(record.pk),
        badges=lambda record: [badge(CHECKLIST_TONES[record.state], record.get_state_display(), dot=True)],
        meta=lambda record: [("building", record.business_unit.label)],
        actions=(
            _action("publish", gettext_lazy("Put into force"), "player-play", DRAFT, primary=True),
            _action("edition", gettext_lazy("New edition"), "copy", PUBLISHED, RETIRED, primary=True),
            _action("retire", gettext_lazy("Take out of force"), "player-stop", PUBLISHED),
            _action("retire", gettext_lazy("Give the draft up"), "trash", DRAFT),
        ),
        attributes=(
            (gettext_lazy("business unit"), lambda record: record.business_unit.label),
            "product_line",
            "valid_months",
            (pgettext_lazy("approval", "Edition"), lambda record: num(record.edition)),
            (pgettext_lazy("approval", "Replaces"), _replaces),
        ),
        select=("business_unit", "product_line", "replaces"),
    ),
)
