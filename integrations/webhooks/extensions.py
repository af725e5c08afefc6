"""What webhooks add to the kernel."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm import events
from crm.extension_points import (
    NotificationKind,
    PeriodicJob,
    SettingsPage,
    TrailVerb,
    notification_kinds,
    panels,
    periodic_jobs,
    settings_pages,
    trail_verbs,
)
from integrations.enums import Topic
from integrations.webhooks.outbox import empty_messages, note, note_approval
from integrations.webhooks.pages import WEBHOOK_PANELS


def register() -> None:
    """Called once, when the app registers its own."""
    settings_pages.register(
        SettingsPage(
            key="webhooks",
            label=_("Webhooks"),
            text=_("Tell other systems what happens here, and let the company's OA decide requests."),
            url_name="integrations:webhook_list",
            icon="share",
            section="data",
            permission="integrations.view_webhook",
        )
    )
    notification_kinds.register(
        NotificationKind("webhook.off", _("A webhook of mine was switched off"), "system", icon="share", order=60)
    )
    trail_verbs.register(TrailVerb("decide_outside", pgettext_lazy("audit trail", "Decided outside")))
    periodic_jobs.register(PeriodicJob(key="webhooks", task="integrations.send_webhooks", schedule=60.0))
    periodic_jobs.register(
        PeriodicJob(key="webhooks_forget", task="integrations.forget_webhook_messages", schedule=24 * 60 * 60.0)
    )
    for panel in WEBHOOK_PANELS:
        panels.register(panel, group="integrations.WebhookDelivery")
    events.record_created.subscribe_inside(_created)
    events.record_changed.subscribe_inside(_changed)
    events.records_changed.subscribe_inside(_several_changed)
    events.records_erased.subscribe_inside(empty_messages)
    events.state_changed.subscribe_inside(_state_changed)
    events.owner_changed.subscribe_inside(_owner_changed)
    events.approval_asked.subscribe_inside(_approval_asked)


def _created(label: str, pk: int) -> None:
    note(Topic.CREATED, label, [pk])


def _changed(label: str, pk: int) -> None:
    note(Topic.CHANGED, label, [pk])


def _several_changed(label: str, keys: Sequence[int]) -> None:
    note(Topic.CHANGED, label, keys)


def _state_changed(label: str, pk: int, **_more: object) -> None:
    note(Topic.STATE, label, [pk])


def _owner_changed(label: str, keys: Sequence[int], **_more: object) -> None:
    note(Topic.OWNER, label, keys)


def _approval_asked(request: int, assignment: int, user: int) -> None:
    note_approval(request, assignment, user)
