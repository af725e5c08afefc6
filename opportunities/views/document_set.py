"""The pages of document sets: choosing from our certificates, sending by link, renewing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.errors import DomainError
from crm.formats import day_html
from crm.generic.entity import Entity, Preset
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView, add_error, told
from crm.generic.views.record import RecordView
from customers.tables.cells import customer_url
from opportunities.domain.certificates import links, sets
from opportunities.domain.certificates.choosing import answers, counting_versions, demands_of, state_now
from opportunities.enums import CertificateState, DocumentSetState
from opportunities.filters.certificate import DocumentSetFilter
from opportunities.forms.certificate import ChooseForm, DocumentSetForm, SendSetForm
from opportunities.models import DocumentLink, DocumentSet
from opportunities.tables.certificate import badge_of, covered
from opportunities.tables.document_set import DocumentSetTable, set_url, state_badge
from opportunities.tables.opportunity import record_url as opportunity_url
from opportunities.tables.qualification import admission_url

CHANGE = "opportunities.change_documentset"
DRAFT, SENT = DocumentSetState.DRAFT, DocumentSetState.SENT


class SetRecord(RecordView):
    """Its page; one that was sent is not edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button once it was sent."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state == DRAFT else {**context, "edit_url": ""}


class SetCreate(CreateView):
    """Begins a set, then asks for the documents."""

    def landing(self, record: Any) -> str:
        """What the customer demands is chosen already; here the rest is added."""
        return reverse("opportunities:documentset_choose", args=[record.pk])


class SetChoose(EntityView):
    """Which of our certificates go into the set: by kind, product line and language, what is in it first."""

    action = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The certificates that count today; what is in the set is ticked."""
        record = self.record()
        return self.show(record, {item.version_chosen_id for item in sets.items_of(record)})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """These are in the set from now on; "narrow" asks for other rows only, and keeps the ticks."""
        record = self.record()
        ticked = {int(key) for key in request.POST.getlist("version") if key.isdecimal()}
        if "narrow" in request.POST:
            return self.show(record, ticked)
        found = {item.version_chosen_id: item.version_chosen for item in sets.items_of(record)}
        found |= {row.pk: row for row in counting_versions()}
        versions = [row for key, row in found.items() if key in ticked]
        try:
            sets.choose(document_set=record, actor=request.user, versions=versions)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, told(error))
            return self.show(record, ticked, status=422)
        messages.success(request, _("The documents of the set were saved."))
        return HttpResponseRedirect(self.entity.record_url(record))

    def show(self, record: DocumentSet, ticked: set[int], status: int = 200) -> HttpResponse:
        """The page; what is ticked stays on it whatever it is narrowed to."""
        form = ChooseForm(self.request.POST or self.request.GET, user=self.request.user)
        current = {row.pk: row for row in counting_versions()}
        found = {key: row for key, row in current.items() if key in ticked or form.fits(row)}
        older = [item.version_chosen for item in sets.items_of(record) if item.version_chosen_id in ticked]
        rows = [
            {
                "row": row,
                "ticked": row.pk in ticked,
                "state": badge_of(state_now(row) if row.pk in current else CertificateState.REPLACED),
                "covers": covered(row.certificate),
            }
            for row in sorted(({row.pk: row for row in older} | found).values(), key=lambda row: row.pk not in ticked)
        ]
        missing = [one for one in answers(demands_of(record.customer_id, sets.line_of(record))) if not one.is_met]
        url, title = self.entity.record_url(record), _("Choose documents")
        context = self.context(
            record=record,
            title=title,
            form=form,
            rows=rows,
            missing=missing,
            cancel_url=url,
            crumbs=[self.context()["list_crumb"], (str(record), url), (title, None)],
        )
        return render(self.request, "opportunities/documents/choose.html", context, status=status)


class SetSend(EntityView):
    """Opens a link for a recipient and shows it, once; the first one sends the set."""

    action = "change"
    title: Any = gettext_lazy("Send")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who gets it, and until when it is open."""
        record = self.record()
        return self.ask(record, SendSetForm(recipient=self.recipient(record)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the link; its address stands on this page and nowhere else."""
        record = self.record()
        form = SendSetForm(request.POST)
        if not form.is_valid():
            return self.ask(record, form, status=422)
        try:
            sent, token = self.send(record, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
            return self.ask(record, form, status=422)
        response = render(request, "opportunities/documents/sent.html", self.made(sent, token))
        response["Cache-Control"] = "no-store"
        return response

    def send(self, record: DocumentSet, **values: Any) -> tuple[DocumentSet, str]:
        """By the domain function."""
        return record, sets.send_set(document_set=record, actor=self.request.user, **values)  # type: ignore[arg-type]

    def recipient(self, record: DocumentSet) -> str:
        """Who most likely gets it."""
        return ""

    def made(self, record: DocumentSet, token: str) -> dict[str, Any]:
        """What the page with the link shows."""
        url = self.entity.record_url(record)
        return self.context(
            record=record,
            title=_("Link for the customer"),
            link=self.request.build_absolute_uri(reverse("opportunities:document_open", args=[token])),
            record_url=url,
            crumbs=[self.context()["list_crumb"], (str(record), url), (_("Sent"), None)],
        )

    def ask(self, record: DocumentSet, form: SendSetForm, status: int = 200) -> HttpResponse:
        """The page that asks."""
        url = self.entity.record_url(record)
        crumbs = [self.context()["list_crumb"], (str(record), url), (self.title, None)]
        context = self.context(form=form, step={"label": self.title}, record=record, cancel_url=url, crumbs=crumbs)
        return render(self.request, "generic/step.html", context, status=status)


class SetRenew(SetSend):
    """The next edition with the newest versions, sent to the same recipient unless another is named."""

    title = gettext_lazy("Renew and send again")

    def send(self, record: DocumentSet, **values: Any) -> tuple[DocumentSet, str]:
        """By the domain function."""
        return sets.renew_set(document_set=record, actor=self.request.user, **values)  # type: ignore[arg-type]

    def recipient(self, record: DocumentSet) -> str:
        """Who got it last."""
        rows = DocumentLink.objects.visible_to(self.request.user, of=record).order_by("-pk")
        return str(rows.values_list("recipient", flat=True).first() or "")


class SetClose(EntityView):
    """Closes a link before its day."""

    action = "change"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nobody opens the set by it any more."""
        record = self.record()
        rows = DocumentLink.objects.visible_to(request.user, of=record)
        link = rows.filter(document_set=record, pk=self.kwargs["row"]).first()
        if link is None:
            raise Http404
        links.close_link(link=link, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The link for %(name)s is closed.") % {"name": link})
        return HttpResponseRedirect(self.entity.record_url(record))


def _to(name: str) -> Any:
    return lambda record: reverse(f"opportunities:documentset_{name}", args=[record.pk])


def _is(state: str) -> Any:
    return lambda record: record.state == state


def _customer(record: DocumentSet) -> Any:
    return format_html('<a href="{}">{}</a>', customer_url(record.customer_id), record.customer.name)


def _linked(name: str, url: Any) -> Any:
    def link(record: DocumentSet) -> Any:
        found = getattr(record, name)
        return format_html('<a href="{}">{}</a>', url(found), found) if found is not None else ""

    return link


def _follows(record: DocumentSet) -> Any:
    if record.follows is None:
        return ""
    return format_html('<a href="{}">{}</a>', set_url(record.follows), record.follows.code)


def _next_step(request: HttpRequest, record: DocumentSet) -> dict[str, Any] | None:
    if record.state == DRAFT:
        return {"text": _("Choose the documents, then send the set"), "due": None}
    if record.state == SENT and sets.newer_versions(sets.items_of(record)):
        return {"text": _("A newer version of a document exists: renew the set and send it again"), "due": None}
    return None


document_set_entity = Entity(
    model=DocumentSet,
    table=DocumentSetTable,
    filterset=DocumentSetFilter,
    form=DocumentSetForm,
    create=sets.create_set,
    update=sets.update_set,
    nav="document_sets",
    icon="paperclip",
    subtitle=gettext_lazy("Certificates put together for customers, sent by link, and who opened them"),
    empty_text=gettext_lazy("Begin one when a customer asks for our certificates: what it demands is chosen already."),
    views={"record": SetRecord, "create": SetCreate},
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("mine", pgettext_lazy("document sets", "Mine"), "owner=me"),
        Preset("draft", pgettext_lazy("document sets", "Not sent yet"), "state=draft"),
        Preset("sent", pgettext_lazy("document sets", "Sent"), "state=sent", sort="-sent_on"),
    ),
    page=RecordPage(
        title=lambda record: record.title,
        code=lambda record: record.code,
        badges=lambda record: [state_badge(record)],
        meta=lambda record: [
            ("building-factory-2", _customer(record)),
            ("user", record.owner.label if record.owner else ""),
        ],
        next_step=_next_step,
        actions=(
            Action(gettext_lazy("Send"), _to("send"), "send", CHANGE, primary=True, when=_is(DRAFT)),
            Action(gettext_lazy("Choose documents"), _to("choose"), "list-check", CHANGE, when=_is(DRAFT)),
            Action(gettext_lazy("Renew and send again"), _to("renew"), "rotate", CHANGE, when=_is(SENT)),
            Action(gettext_lazy("New link"), _to("send"), "link", CHANGE, when=_is(SENT)),
        ),
        attributes=(
            (gettext_lazy("Admission as a supplier"), _linked("admission", admission_url)),
            (gettext_lazy("Opportunity"), _linked("opportunity", opportunity_url)),
            "language",
            (gettext_lazy("Sent on"), lambda record: day_html(record.sent_on)),
            (gettext_lazy("Renews"), _follows),
            "team",
            "message",
        ),
        select=("customer", "admission", "opportunity", "owner", "team", "business_unit", "follows"),
    ),
)
