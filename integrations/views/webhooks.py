"""The pages of webhooks and of the messages sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.accounts.confirmation import ConfirmFirst
from crm.formats import moment_html, num
from crm.generic.entity import Entity, HeadAction, Preset
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.step import Step, step_actions
from crm.markup import badge
from integrations.api.resources import RESOURCES
from integrations.domain.webhooks import create_webhook, renew_secret, replay, replay_period, send_test, update_webhook
from integrations.enums import SendState
from integrations.models import Webhook, WebhookDelivery
from integrations.webhooks.pages import (
    TONES,
    DeliveryFilter,
    DeliveryTable,
    ReplayForm,
    WebhookFilter,
    WebhookForm,
    WebhookTable,
    events_text,
    state_badge,
    took,
)

CHANGE = "integrations.change_webhook"


class RenewSecret(EntityView, ConfirmFirst):
    """Makes a new secret, and shows it this once."""

    action = "change"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page with the secret; never kept by a browser."""
        record = self.record()
        secret = renew_secret(webhook=record, actor=request.user)
        crumbs = [self.context()["list_crumb"], (str(record), self.entity.record_url(record)), (_("New secret"), None)]
        context = self.context(record=record, secret=secret, back=self.entity.record_url(record), crumbs=crumbs)
        response = render(request, "integrations/webhooks_secret.html", context)
        add_never_cache_headers(response)
        return response


WEBHOOK_STEPS = (
    Step("test", gettext_lazy("Send a test"), "send", CHANGE, send_test, lambda webhook: webhook.is_active),
    Step(
        "replay",
        gettext_lazy("Send again"),
        "rotate",
        CHANGE,
        replay_period,
        lambda webhook: webhook.is_active,
        ReplayForm,
    ),
)
DELIVERY_STEPS = (
    Step(
        "again",
        gettext_lazy("Send again"),
        "rotate",
        CHANGE,
        replay,
        lambda row: row.webhook.is_active and row.state not in (SendState.WAITING, SendState.SENDING),
        primary=True,
    ),
)


def _kinds(webhook: Webhook) -> str:
    names = {one.name: one.label for one in RESOURCES}
    return escape(", ".join(names.get(name, name) for name in webhook.records)) or escape(_("all"))


webhook_entity = Entity(
    model=Webhook,
    table=WebhookTable,
    filterset=WebhookFilter,
    form=WebhookForm,
    create=create_webhook,
    update=update_webhook,
    dossier=False,
    nav="settings",
    icon="share",
    subtitle=gettext_lazy("Which other systems are told what happens here"),
    empty_text=gettext_lazy("No other system is told of anything yet."),
    head_actions=(
        HeadAction(
            gettext_lazy("Messages"), "integrations:webhookdelivery_list", "list-details", "integrations.view_webhook"
        ),
    ),
    page=RecordPage(
        title=str,
        badges=lambda webhook: [state_badge(webhook)],
        meta=lambda webhook: [("user", webhook.owner.label), ("link", webhook.url)],
        select=("owner",),
        actions=(
            *step_actions("integrations:webhook", WEBHOOK_STEPS),
            Action(
                gettext_lazy("New secret"),
                lambda webhook: reverse("integrations:webhook_secret", args=[webhook.pk]),
                "key",
                CHANGE,
                post=True,
            ),
            Action(
                gettext_lazy("Messages"),
                lambda webhook: f"{reverse('integrations:webhookdelivery_list')}?webhook={webhook.pk}",
                "list-details",
                "integrations.view_webhook",
            ),
        ),
        attributes=(
            "url",
            (pgettext_lazy("webhook", "reads as"), lambda webhook: escape(webhook.owner.label)),
            (gettext_lazy("events"), lambda webhook: escape(events_text(webhook))),
            (gettext_lazy("records"), _kinds),
            (
                gettext_lazy("failing since"),
                lambda webhook: moment_html(webhook.failing_since) if webhook.failing_since else "—",
            ),
            (
                gettext_lazy("switched off on"),
                lambda webhook: moment_html(webhook.disabled_at) if webhook.disabled_at else "—",
            ),
        ),
    ),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("active", pgettext_lazy("webhooks", "Active"), "is_active=true"),
    ),
)


class DeliveryEntity(Entity):
    """Messages are shown to whoever may see webhooks."""

    def permission(self, action: str) -> str:
        """One right for all of it."""
        return "integrations.view_webhook"


def _webhook(row: WebhookDelivery) -> Any:
    return format_html('<a href="{}">{}</a>', webhook_entity.record_url(row.webhook), row.webhook.name)


delivery_entity = DeliveryEntity(
    model=WebhookDelivery,
    table=DeliveryTable,
    filterset=DeliveryFilter,
    dossier=False,
    nav="settings",
    icon="share",
    subtitle=gettext_lazy("What was sent, and what was answered"),
    empty_text=gettext_lazy("Nothing has been sent yet."),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("failed", pgettext_lazy("messages", "Given up"), "state=failed"),
        Preset("waiting", pgettext_lazy("messages", "Waiting"), "state=waiting"),
    ),
    page=RecordPage(
        title=lambda row: row.event_label,
        code=lambda row: str(row.message),
        badges=lambda row: [badge(TONES[row.state], row.get_state_display(), dot=True)],
        meta=lambda row: [("clock", moment_html(row.at)), ("share", _webhook(row))],
        select=("webhook",),
        actions=step_actions("integrations:webhookdelivery", DELIVERY_STEPS),
        attributes=(
            (gettext_lazy("attempts"), lambda row: num(row.attempts)),
            (gettext_lazy("Answer"), lambda row: escape(str(row.status or "—"))),
            (gettext_lazy("took"), lambda row: escape(took(row))),
            (gettext_lazy("delivered"), lambda row: moment_html(row.sent_at) if row.sent_at else "—"),
            (
                gettext_lazy("next attempt"),
                lambda row: moment_html(row.due_at) if row.state == SendState.WAITING else "—",
            ),
            (gettext_lazy("error"), lambda row: escape(row.said) or "—"),
        ),
    ),
)
