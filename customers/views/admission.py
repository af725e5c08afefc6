"""The pages of admissions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.errors import DomainError, StaleVersion
from crm.formats import day_html
from crm.generic.entity import Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import add_error
from crm.generic.views.record import RecordView
from crm.generic.views.step import Step, leads_to, step_actions
from crm.markup import badge
from crm.records.domain.attachments import attach, same_file, sent_by
from crm.workflow.forms.approval import SubmitForm
from customers.domain.admission.admissions import (
    WAS_ADMITTED,
    renew_admission,
    start_admission,
    submit_admission,
    update_admission,
    withdraw_admission,
)
from customers.domain.admission.answers import answer_questions, lines_of
from customers.enums import AdmissionState
from customers.filters.admission import AdmissionFilter
from customers.forms.admission import AdmissionForm, AnswersForm
from customers.models import Admission
from customers.panels.admission import answer_words
from customers.tables.admission import STATE_TONES, AdmissionTable, checklist_url, end_tone
from customers.tables.cells import customer_url

CHANGE, ADD = "customers.change_admission", "customers.add_admission"


class AdmissionRecord(RecordView):
    """An admission's page; only a draft can be edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button once it was submitted."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state == AdmissionState.DRAFT else {**context, "edit_url": ""}


class Answers(EntityView):
    """Asks what is not known yet; `again` names the questions that shall be answered although they were taken over."""

    action = "change"
    writes = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The questions."""
        record = self.record()
        if record.state != AdmissionState.DRAFT:
            messages.info(request, _("Only a draft is answered: this admission was submitted already."))
            return HttpResponseRedirect(self.entity.record_url(record))
        form = AnswersForm(lines=self.asked(record), initial={"version_read": record.version})
        return self.show(record, form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the answers; files are kept first, for they are written outside of transactions, and whatever else is wrong: they
        would have to be chosen again."""
        record = self.record()
        lines = self.asked(record)
        form = AnswersForm(request.POST, request.FILES, lines=lines, kept=self.kept_before(record, lines))
        form.is_valid()
        self.keep_files(record, form)
        if form.errors:
            return self.show(record, form, status=422)
        try:
            if record.state != AdmissionState.DRAFT or record.version != form.cleaned_data["version_read"]:
                text = _("Somebody else saved this admission meanwhile. Reload the page; your answers are still here.")
                raise DomainError(text)
            answer_questions(
                admission=record,
                expected_version=form.cleaned_data["version_read"],
                actor=request.user,  # type: ignore[arg-type]
                answers={line.item.pk: given for line, given in form.answers()},
            )
        except StaleVersion as error:
            add_error(form, DomainError(str(error.message)))
            return self.show(record, form, status=409)
        except DomainError as error:
            add_error(form, error)
            return self.show(record, form, status=422)
        messages.success(request, _("%(name)s was saved.") % {"name": record})
        return HttpResponseRedirect(self.entity.record_url(record))

    def keep_files(self, record: Admission, form: AnswersForm) -> None:
        """Keep the files as the admission's. One that is refused is told beside its question, and the others stay."""
        for key, upload in form.uploads():
            try:
                if record.state != AdmissionState.DRAFT:
                    raise DomainError(_("Only a draft is answered: this admission was submitted already."))
                there = same_file(record, upload)
                form.kept[key] = there or attach(actor=self.request.user, record=record, upload=upload)  # type: ignore[arg-type]
            except DomainError as error:
                values = {"name": upload.name, "reason": error.message}
                form.add_error(f"file_{key}", _("%(name)s was not kept: %(reason)s Choose a file again.") % values)

    def kept_before(self, record: Admission, lines: list[Any]) -> dict[int, Any]:
        """The files that this person sent with an attempt before, by question."""
        named = {line.item.pk: self.request.POST.get(f"kept_{line.item.pk}", "") for line in lines}
        keys = {key: int(number) for key, number in named.items() if number.isdecimal()}
        found = sent_by(self.request.user, record, list(keys.values())) if keys else {}  # type: ignore[arg-type]
        return {key: found[number] for key, number in keys.items() if number in found}

    def asked(self, record: Admission) -> list[Any]:
        """The questions the page asks."""
        again = self.request.GET.getlist("again")
        return [line for line in lines_of(record) if line.is_asked or str(line.item.pk) in again]

    def show(self, record: Admission, form: AnswersForm, status: int = 200) -> HttpResponse:
        """The page."""
        url, here = self.entity.record_url(record), reverse("customers:admission_answers", args=[record.pk])
        asked = {line.item.pk for line in form.lines}
        taken = [
            {"line": line, "text": answer_words(line), "again_url": f"{here}?again={line.item.pk}"}
            for line in lines_of(record)
            if line.item.pk not in asked
        ]
        title = _("Answer the questions")
        crumbs = [self.context()["list_crumb"], (str(record), url), (title, None)]
        context = self.context(form=form, record=record, title=title, taken=taken, cancel_url=url, crumbs=crumbs)
        return render(self.request, "customers/admission/answers.html", context, status=status)


class Renew(EntityView):
    """Begins the renewal and goes there."""

    action = "change"
    writes = True
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A draft with the last answers."""
        record = self.record()
        try:
            renewal = renew_admission(admission=record, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error.message))
            return HttpResponseRedirect(self.entity.record_url(record))
        messages.success(request, _("%(name)s was created.") % {"name": renewal})
        return HttpResponseRedirect(self.entity.record_url(renewal))


def _submit(record: Admission, **values: Any) -> Any:
    return submit_admission(admission=record, **values)


def _withdraw(record: Admission, **values: Any) -> Any:
    return withdraw_admission(admission=record, **values)


STEPS = (
    Step(
        AdmissionState.SUBMITTED,
        gettext_lazy("Submit"),
        "send",
        CHANGE,
        _submit,
        leads_to(AdmissionState.SUBMITTED),
        SubmitForm,
        primary=True,
    ),
    Step(
        AdmissionState.WITHDRAWN,
        gettext_lazy("Withdraw the admission"),
        "circle-x",
        CHANGE,
        _withdraw,
        leads_to(AdmissionState.WITHDRAWN),
        ReasonForm,
    ),
)


def _customer(record: Admission) -> Any:
    return format_html('<a href="{}">{}</a>', customer_url(record.customer_id), record.customer.name)


def _checklist(record: Admission) -> Any:
    text = _("%(name)s, edition %(n)s") % {"name": record.checklist, "n": record.checklist.edition}
    return format_html('<a href="{}">{}</a>', checklist_url(record.checklist), text)


def _follows(record: Admission) -> Any:
    if record.follows is None:
        return ""
    return format_html(
        '<a href="{}">{}</a>', reverse("customers:admission_record", args=[record.follows_id]), record.follows
    )


def _badges(record: Admission) -> list[str]:
    out: list[str] = [
        badge(STATE_TONES[record.state], record.get_state_display(), dot=True),
        badge("line", record.get_kind_display()),
    ]
    if record.state == AdmissionState.ADMITTED and end_tone(record.valid_to):
        out.append(badge("warn", _("ends soon"), dot=True))
    return out


admission_entity = Entity(
    model=Admission,
    table=AdmissionTable,
    filterset=AdmissionFilter,
    form=AdmissionForm,
    create=start_admission,
    update=update_admission,
    nav="admissions",
    icon="square-check",
    subtitle=gettext_lazy("Which customers may be served by which business unit, and until when"),
    empty_text=gettext_lazy("An admission says that a customer was checked and may be served."),
    views={"record": AdmissionRecord},
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("admitted", pgettext_lazy("admission", "Admitted"), "state=admitted", sort="valid_to"),
        Preset("ending", gettext_lazy("Ending in 60 days"), "state=admitted&until=next-60", sort="valid_to"),
        Preset("open", gettext_lazy("Under way"), "state=draft&state=submitted"),
        Preset("expired", pgettext_lazy("admission", "Expired"), "state=expired"),
    ),
    page=RecordPage(
        title=lambda record: record.customer.name,
        code=lambda record: record.code,
        badges=_badges,
        meta=lambda record: [("building-factory-2", _customer(record)), ("building", record.covers)],
        actions=(
            *step_actions("customers:admission", STEPS),
            Action(
                gettext_lazy("Renew"),
                lambda record: reverse("customers:admission_renew", args=[record.pk]),
                "rotate",
                ADD,
                post=True,
                when=lambda record: record.state in WAS_ADMITTED,
            ),
        ),
        attributes=(
            (gettext_lazy("business unit"), lambda record: record.business_unit.label),
            "product_line",
            "plant",
            (gettext_lazy("Admitted from"), lambda record: day_html(record.valid_from)),
            (gettext_lazy("Admitted until"), lambda record: day_html(record.valid_to)),
            "conditions",
            (gettext_lazy("Checklist"), _checklist),
            (gettext_lazy("Renews"), _follows),
        ),
        select=("customer", "business_unit", "product_line", "checklist", "follows"),
    ),
)
