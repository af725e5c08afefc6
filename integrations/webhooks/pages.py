"""Parts of the pages of webhooks: form, columns, filters, panels."""

import datetime as dt
import json
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from crm.extension_points import Panel
from crm.formats import moment_html, num
from crm.generic.filters import ListFilter, visible
from crm.generic.forms import RecordForm, style
from crm.generic.tables import Column, Table, choice_cell, link_cell, record_address
from crm.markup import badge
from integrations.api.resources import RESOURCES
from integrations.domain.webhooks import may_read_as
from integrations.enums import SendState, Topic
from integrations.models import Webhook, WebhookDelivery

TONES: dict[str, str] = {
    SendState.WAITING: "pri",
    SendState.SENDING: "pri",
    SendState.SENT: "ok",
    SendState.FAILED: "bad",
    SendState.DROPPED: "line",
}


class WebhookForm(RecordForm):
    """Where to, as whom, of what."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Events"), choices=Topic.choices, widget=forms.CheckboxSelectMultiple
    )
    records = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of records"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all kinds of records."),
    )
    sections = (
        (gettext_lazy("Address"), ("name", "url", "owner", "is_active")),
        (gettext_lazy("What is told"), ("topics", "records")),
    )

    class Meta:
        model = Webhook
        fields = ("name", "url", "owner", "is_active", "topics", "records")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["records"].choices = [(one.name, one.label) for one in RESOURCES]  # type: ignore[attr-defined]


class ReplayForm(forms.Form):
    """Asks for a time."""

    since = forms.DateTimeField(
        label=gettext_lazy("From"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    until = forms.DateTimeField(
        label=gettext_lazy("To"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style(field)

    def clean(self) -> dict[str, Any]:
        """The end is after the beginning."""
        values = super().clean() or {}
        if values.get("since") and values.get("until") and values["until"] <= values["since"]:
            raise ValidationError({"until": _("The end must be after the beginning.")})
        return values


def state_badge(webhook: Webhook) -> str:
    """Whether it works."""
    if not webhook.is_active:
        return badge("bad" if webhook.disabled_at else "line", _("switched off"), dot=True)
    return badge("warn", _("failing"), dot=True) if webhook.failing_since else badge("ok", _("active"), dot=True)


def events_text(webhook: Webhook) -> str:
    """The events in words."""
    names = dict(Topic.choices)
    return ", ".join(str(names.get(event, event)) for event in webhook.topics)


class WebhookTable(Table):
    """The list of webhooks."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "name"
    columns: ClassVar = [
        Column(
            "name",
            gettext_lazy("Name"),
            link_cell(
                lambda webhook: record_address("integrations:webhook_record", webhook.pk),
                lambda webhook: webhook.name,
                lambda webhook: webhook.url,
            ),
            sort="name",
            phone="",
        ),
        Column(
            "events",
            gettext_lazy("Events"),
            lambda webhook: escape(events_text(webhook)),
            value=events_text,
            phone=gettext_lazy("Events"),
        ),
        Column(
            "owner",
            pgettext_lazy("webhook", "Reads as"),
            lambda webhook: escape(webhook.owner.label),
            select=("owner",),
            value="owner.label",
            phone=pgettext_lazy("webhook", "Reads as"),
        ),
        Column("state", gettext_lazy("State"), state_badge, value=lambda webhook: webhook.is_active, phone=""),
    ]


class WebhookFilter(ListFilter):
    """What webhooks can be narrowed by."""

    tag = None
    mark = None
    is_active = django_filters.BooleanFilter(label=gettext_lazy("Active"))

    class Meta:
        model = Webhook
        fields: list[str] = []


def took(row: WebhookDelivery) -> str:
    """How long the other side took."""
    return "—" if row.milliseconds is None else _("%(n)s ms") % {"n": num(row.milliseconds)}


class DeliveryTable(Table):
    """The log of messages."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-id"
    columns: ClassVar = [
        Column(
            "event",
            gettext_lazy("Event"),
            link_cell(
                lambda row: record_address("integrations:webhookdelivery_record", row.pk),
                lambda row: row.event_label,
                lambda row: row.webhook.name,
            ),
            select=("webhook",),
            phone="",
        ),
        Column(
            "at",
            gettext_lazy("Time"),
            lambda row: moment_html(row.at),
            sort="id",
            css="nw",
            phone=gettext_lazy("Time"),
            descending=True,
            value="at",
        ),
        Column("attempts", gettext_lazy("Attempts"), lambda row: num(row.attempts), css="num", value="attempts"),
        Column(
            "status",
            gettext_lazy("Answer"),
            lambda row: escape(str(row.status or "—")),
            value="status",
            phone=gettext_lazy("Answer"),
        ),
        Column(
            "milliseconds",
            gettext_lazy("Took"),
            lambda row: escape(took(row)),
            css="num",
            value="milliseconds",
        ),
        Column("state", gettext_lazy("State"), choice_cell("state", TONES), phone=gettext_lazy("State")),
    ]


class DeliveryFilter(ListFilter):
    """What messages can be narrowed by."""

    tag = None
    mark = None
    webhook = django_filters.ModelChoiceFilter(label=gettext_lazy("Webhook"), queryset=visible(Webhook))
    event = django_filters.ChoiceFilter(
        label=gettext_lazy("Event"), choices=[*Topic.choices, ("test", gettext_lazy("test"))]
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=SendState.choices)

    class Meta:
        model = WebhookDelivery
        fields: list[str] = []


def sent(request: HttpRequest, row: WebhookDelivery) -> dict[str, Any] | None:
    """The message as it was sent, for those who may see all that the webhook's owner sees."""
    if not row.body or not may_read_as(request.user, row.webhook.owner):  # type: ignore[arg-type]
        return None
    text = json.dumps(json.loads(row.body), ensure_ascii=False, indent=2)
    return {"key": "sent", "title": _("Message sent"), "text": text}


def answered(request: HttpRequest, row: WebhookDelivery) -> dict[str, Any] | None:
    """The beginning of what came back, which may repeat what was sent."""
    shown = row.answer and may_read_as(request.user, row.webhook.owner)  # type: ignore[arg-type]
    return {"key": "answered", "title": _("Answer"), "text": row.answer} if shown else None


def attempts(request: HttpRequest, row: WebhookDelivery) -> dict[str, Any] | None:
    """When it was tried, and what came of it, the newest first."""
    return {"attempts": [_attempt(one) for one in reversed(row.log)]} if row.log else None


def _attempt(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "at": dt.datetime.fromisoformat(one["at"]), "error": one["errors"].get(get_language() or "", "")}


WEBHOOK_PANELS = (
    Panel(
        "attempts",
        pgettext_lazy("log of a message", "Attempts"),
        "main",
        "integrations/webhooks_attempts.html",
        attempts,
        order=5,
    ),
    Panel("sent", gettext_lazy("Message sent"), "main", "integrations/webhooks_text.html", sent, order=10),
    Panel("answered", gettext_lazy("Answer"), "main", "integrations/webhooks_text.html", answered, order=20),
)
