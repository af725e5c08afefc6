"""What approvals add to the pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.configurable import NumberKind
from crm.extension_points import (
    HandoverMover,
    MenuItem,
    NotificationKind,
    Panel,
    PeriodicJob,
    SaveGuard,
    SettingsPage,
    TrailVerb,
    WorkbenchCard,
    handover_movers,
    menu,
    notification_kinds,
    number_kinds,
    panels,
    periodic_jobs,
    save_guards,
    settings_pages,
    trail_verbs,
    workbench_cards,
)
from crm.workflow.domain.approval_clock import count_to_decide, take_over_approvals
from crm.workflow.domain.approval_freeze import is_document, refuse_frozen
from crm.workflow.domain.approval_steps import waiting_count
from crm.workflow.panels import approval as parts

VIEW = "crm.view_approvalrequest"


def to_decide(user: Any) -> int | None:
    """How many requests wait for this user, as of the last minute; no number for none."""
    return waiting_count(user) or None


def register() -> None:
    """Called once, by the room's own extensions."""
    number_kinds.register(
        NumberKind(
            "approval", _("Approval requests"), "crm.ApprovalRequest", "APR-{yy}{mm}-{seq:4}", "monthly", order=90
        )
    )
    menu.register(
        MenuItem(
            key="approvals",
            label=_("Approvals"),
            url_name="workflow:approvalrequest_list",
            icon="square-check",
            section="home",
            order=15,
            permission=VIEW,
            go="a",
            count=to_decide,
            hot=True,
        )
    )
    trail_verbs.register(TrailVerb("compare_anew", pgettext_lazy("audit trail", "Request compared anew")))
    workbench_cards.register(
        WorkbenchCard("approvals", "side", "workflow/_my_approvals.html", parts.my_approvals, VIEW, order=2)
    )
    settings_pages.register(
        SettingsPage(
            key="approval_policies",
            label=_("Approval policies"),
            text=_("Which documents need whose approval, in which steps, and when it is reminded of or passed on."),
            url_name="workflow:approvalpolicy_list",
            icon="shield-check",
            section="process",
            permission="crm.view_approvalpolicy",
            order=10,
        )
    )
    save_guards.register(SaveGuard("approvals", is_document, refuse_frozen))
    handover_movers.register(
        HandoverMover(
            "approvals",
            _("Decisions on requests"),
            "crm.ApprovalRequest",
            count_to_decide,
            take_over_approvals,
            order=910,
        )
    )
    periodic_jobs.register(PeriodicJob("tell_late_approvals", "crm.tell_late_approvals", 120))
    _register_kinds()
    _register_panels()


def _register_kinds() -> None:
    for kind in (
        NotificationKind("approval.asked", _("Your approval is asked for"), "work", icon="square-check", order=100),
        NotificationKind("approval.decided", _("A request of yours was decided"), "work", icon="checks", order=110),
        NotificationKind(
            "approval.returned",
            _("A request of yours was returned for change"),
            "work",
            icon="arrow-back-up",
            order=120,
        ),
        NotificationKind("approval.delegated", _("Somebody gave you a decision"), "work", icon="user-share", order=130),
        NotificationKind(
            "approval.changed", _("A request was compared with newer data"), "work", icon="refresh", order=135
        ),
        NotificationKind(
            "approval.reminder", _("Reminder of a request to decide"), "work", icon="bell-ringing", order=140
        ),
        NotificationKind(
            "approval.escalated", _("A request was passed on, the time being over"), "work", icon="arrow-up", order=150
        ),
    ):
        notification_kinds.register(kind)


def _register_panels() -> None:
    for panel in (
        Panel("asked", _("What is asked"), "main", "workflow/_approval_asked.html", parts.what_is_asked, order=10),
        Panel(
            "decision",
            pgettext_lazy("approval", "Decision"),
            "main",
            "workflow/_approval_decision.html",
            parts.decision,
            order=20,
        ),
        Panel("path", _("Way of the request"), "side", "workflow/_approval_path.html", parts.path, order=10),
    ):
        panels.register(panel, group="crm.ApprovalRequest")
    for panel in (
        Panel("rules", _("Rules"), "main", "workflow/_policy_rules.html", parts.policy_rules, order=10),
        Panel(
            "preview", _("Preview"), "main", "workflow/_policy_preview.html", parts.policy_preview, order=20, lazy=True
        ),
    ):
        panels.register(panel, group="crm.ApprovalPolicy")
