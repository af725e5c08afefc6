"""The pages of scoring models."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.errors import DomainError
from crm.formats import day_html, num, plain_number
from crm.generic.entity import Entity
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView, EditView
from crm.generic.views.record import RecordView
from crm.markup import badge
from customers.domain.grading import models as domain
from customers.domain.grading import runs
from customers.enums import GradingState
from customers.filters.grading import GradingModelFilter
from customers.forms.grading import GradingForm, NewGradingForm
from customers.models import GradingModel
from customers.tables.grading import MODEL_TONES, GradingModelTable, model_url, whose

CHANGE = "customers.change_gradingmodel"


class ModelRecord(RecordView):
    """A model's page; only a draft can be edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button for those that are or were in force."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state == GradingState.DRAFT else {**context, "edit_url": ""}


class ModelCreate(CreateView):
    """A new model; its criteria come next."""

    def form(self, **kwargs: Any) -> Any:
        """Asks what it is for."""
        return NewGradingForm(user=self.request.user, **kwargs)

    def defaults(self, request: HttpRequest) -> dict[str, Any]:
        """For the group unless one chooses a unit."""
        return {}

    def landing(self, record: Any) -> str:
        """The builder."""
        return self.entity.url("edit", record.pk)


class ModelEdit(EditView):
    """The builder of a draft."""

    template = "customers/grading/model_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; a model in force leads back to its page."""
        record = self.record()
        if record.state != GradingState.DRAFT:
            messages.info(request, _("A model that is or was in force is not changed: make a new edition."))
            return HttpResponseRedirect(self.entity.record_url(record))
        try:
            domain.refuse_costs(record, request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.info(request, str(error.message))
            return HttpResponseRedirect(self.entity.record_url(record))
        return super().get(request, *args, **kwargs)


class ModelStep(EntityView):
    """Publishes, retires, previews, or makes a new edition."""

    action = "change"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; a rule that speaks against it is told."""
        record, actor = self.record(), request.user
        landing = self.entity.record_url(record)
        try:
            match kwargs["act"]:
                case "publish":
                    domain.publish(model=record, actor=actor)  # type: ignore[arg-type]
                    messages.success(request, _("The model is in force now. It counts from the next grade review on."))
                case "retire":
                    domain.retire(model=record, actor=actor)  # type: ignore[arg-type]
                    messages.success(request, _("The model is out of force. Grades and reviews stay as they are."))
                case "edition":
                    landing = self.entity.url("edit", domain.new_edition(model=record, actor=actor).pk)  # type: ignore[arg-type]
                case "preview":
                    return self.preview(record, landing)
                case _other:
                    raise Http404
        except DomainError as error:
            messages.error(request, str(error.message))
        return HttpResponseRedirect(landing)

    def preview(self, record: GradingModel, landing: str) -> HttpResponse:
        """Shows the moves at once, or the job that finds them."""
        job = runs.preview(model=record, actor=self.request.user)  # type: ignore[arg-type]
        if job.state == "failed":
            messages.error(self.request, job.message)
        elif job.state != "done":
            return HttpResponseRedirect(reverse("workflow:job", args=[job.pk]))
        return HttpResponseRedirect(landing)


def _action(key: str, label: Any, icon: str, *states: str, primary: bool = False) -> Action:
    return Action(
        label,
        lambda record: reverse("customers:gradingmodel_do", args=[record.pk, key]),
        icon,
        CHANGE,
        primary=primary,
        post=True,
        when=lambda record: record.state in states,
    )


def _replaces(record: GradingModel) -> str:
    before = record.replaces
    if before is None:
        return ""
    text = _("edition %(n)s") % {"n": num(before.edition)}
    return format_html('<a href="{}">{}</a>', model_url(before), text)


grading_entity = Entity(
    model=GradingModel,
    table=GradingModelTable,
    dossier=False,
    filterset=GradingModelFilter,
    form=GradingForm,
    create=domain.create_model,
    update=domain.update_model,
    nav="settings",
    icon="adjustments",
    subtitle=gettext_lazy("Which figures count how much for a customer's grade"),
    empty_text=gettext_lazy("Without a model no grades are computed: make the first one."),
    views={"create": ModelCreate, "edit": ModelEdit, "record": ModelRecord},
    page=RecordPage(
        code=lambda record: str(record.pk),
        badges=lambda record: [badge(MODEL_TONES[record.state], record.get_state_display(), dot=True)],
        meta=lambda record: [("building", whose(record))],
        actions=(
            _action("publish", gettext_lazy("Put into force"), "player-play", GradingState.DRAFT, primary=True),
            _action(
                "edition",
                gettext_lazy("New edition"),
                "copy",
                GradingState.IN_FORCE,
                GradingState.RETIRED,
                primary=True,
            ),
            _action("retire", gettext_lazy("Take out of force"), "player-stop", GradingState.IN_FORCE),
            _action("retire", gettext_lazy("Give the draft up"), "trash", GradingState.DRAFT),
        ),
        attributes=(
            (gettext_lazy("Valid from"), lambda record: day_html(record.valid_from)),
            (gettext_lazy("Valid until"), lambda record: day_html(record.valid_until)),
            (gettext_lazy("Hysteresis (points)"), lambda record: plain_number(record.hysteresis)),
            (gettext_lazy("New customers (months)"), lambda record: num(record.new_months)),
            (pgettext_lazy("grading", "Edition"), lambda record: num(record.edition)),
            (pgettext_lazy("grading", "Replaces"), _replaces),
        ),
        select=("replaces", "business_unit"),
    ),
)


def grading_urls() -> list[URLPattern]:
    """The addresses of the steps of a model."""
    view = ModelStep.as_view(entity=grading_entity)
    return [path("grading-models/<int:pk>/do/<slug:act>/", view, name="gradingmodel_do")]
