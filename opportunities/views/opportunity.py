"""The screens of an opportunity that follow the generic pattern."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.formats import day_html
from crm.generic.entity import BulkAction, Entity, Preset
from crm.generic.layout import Action, RecordPage
from crm.markup import badge, grade
from opportunities.domain.funnel import Funnel, Plan
from opportunities.domain.opportunity import create_opportunity, transfer_owner, update_opportunity
from opportunities.enums import StageCategory
from opportunities.filters.opportunity import OpportunityFilter
from opportunities.forms.opportunity import OpportunityForm, TransferForm
from opportunities.models import Opportunity
from opportunities.panels.opportunity import path_context
from opportunities.rules import Move, pace_of
from opportunities.tables.opportunity import STAGE_TONES, OpportunityTable, category_badge, days_text
from opportunities.views.funnel_base import list_switch


def move_url(record: Opportunity) -> str:
    """Where one chooses the stage to move to."""
    return reverse("opportunities:opportunity_move", args=[record.pk])


def _next_plan(record: Opportunity) -> Plan | None:
    """The way forward, None for one that is closed or on hold. Worked out once for a record that was read."""
    if not hasattr(record, "next_plan"):
        plans = Funnel().plans(record)
        record.next_plan = next((plan for plan in plans if plan.move in (Move.FORWARD, Move.WIN)), None)  # type: ignore[attr-defined]
    return record.next_plan  # type: ignore[attr-defined,no-any-return]


def next_url(record: Opportunity) -> str:
    """The address of the move forward."""
    plan = _next_plan(record)
    return f"{move_url(record)}?target={plan.target.pk}" if plan else move_url(record)


def next_label(record: Opportunity) -> str:
    """Where the move forward leads."""
    plan = _next_plan(record)
    return _("Move on to “%(stage)s”") % {"stage": plan.target.label} if plan else _("Change stage")


def other_label(record: Opportunity) -> str:
    """What the list of all moves is called: of a closed one they open it again."""
    return _("Other stage") if record.stage.is_open else _("Reopen")


def next_icon(record: Opportunity) -> str:
    """A lock while the gate lacks something."""
    plan = _next_plan(record)
    return "arrow-right" if plan and plan.is_ready else "lock"


def is_key(record: Opportunity) -> bool:
    """Whether a manager marked it."""
    return hasattr(record, "key_project")


def badges(record: Opportunity) -> list[str]:
    """Kind of business, how it ended, and whether it stands still."""
    out = [category_badge(record)] if record.category else []
    if record.stage.category != StageCategory.OPEN:
        out.append(badge(STAGE_TONES[record.stage.category], record.stage.label, dot=True))
    pace = pace_of(record, timezone.now(), timezone.localdate())
    if pace.stuck:
        over = days_text(pace.days - record.standard_days)
        out.append(badge("bad" if pace.late else "warn", _("stuck for %(days)s") % {"days": over}, dot=True))
    if pace.past_close:
        out.append(badge("bad", _("past the expected close"), dot=True))
    return out


def meta(record: Opportunity) -> list[tuple[str, Any]]:
    """Customer, owner, team."""
    url = reverse("customers:customer_record", args=[record.customer_id])
    customer = format_html('<a href="{}">{}</a> {}', url, record.customer.name, grade(record.customer.grade))
    return [
        ("building-factory-2", customer),
        ("user", record.owner.label if record.owner else ""),
        ("users", record.team.label if record.team else ""),
    ]


def next_step(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """What is to be done next, while it is being worked on."""
    if not record.next_step or record.stage.category in (StageCategory.WON, StageCategory.LOST):
        return None
    return {"text": record.next_step, "due": record.next_step_on, "edit": True}


opportunity_entity = Entity(
    model=Opportunity,
    table=OpportunityTable,
    filterset=OpportunityFilter,
    form=OpportunityForm,
    create=create_opportunity,
    update=update_opportunity,
    bulk_edit=(
        "expected_close_on",
        "category",
        "source",
        "dimension",
        "application",
        "competitors",
        "next_step",
        "next_step_on",
    ),
    nav="opportunities",
    icon="target-arrow",
    empty_text=gettext_lazy(
        "An opportunity is a chance to sell: what a customer needs, how much, at what price, and by when."
    ),
    presets=(
        Preset("all", gettext_lazy("All")),
        Preset("open", gettext_lazy("Open"), "status=open"),
        Preset("mine", gettext_lazy("My open ones"), "status=open&owner=me"),
        Preset("stuck", gettext_lazy("Stuck"), "stuck=on"),
        Preset("late", gettext_lazy("Past the expected close"), "late=on"),
        Preset("won", gettext_lazy("Won"), "status=won"),
        Preset("lost", gettext_lazy("Lost"), "status=lost"),
    ),
    bulk_actions=(
        BulkAction(
            key="transfer",
            label=gettext_lazy("Hand over"),
            icon="user-share",
            permission="opportunities.transfer_opportunity",
            apply=transfer_owner,
            form=TransferForm,
            done=gettext_lazy("%(count)d opportunities were handed over."),
        ),
    ),
    list_switch=list_switch,
    page=RecordPage(
        title=lambda record: record.name,
        code=lambda record: record.code,
        badges=badges,
        meta=meta,
        actions=(
            Action(
                label=next_label,
                url=next_url,
                icon=next_icon,
                permission="opportunities.change_opportunity",
                primary=True,
                dialog=True,
                when=lambda record: record.stage.is_open,
            ),
            Action(
                label=other_label,
                url=move_url,
                icon="git-branch",
                permission="opportunities.change_opportunity",
                dialog=True,
            ),
            Action(
                label=gettext_lazy("Quote"),
                url=lambda record: reverse("opportunities:quote_start", args=[record.pk]),
                icon="file-dollar",
                permission="opportunities.add_quote",
                post=True,
            ),
            Action(
                label=gettext_lazy("Mark as key project"),
                url=lambda record: reverse("opportunities:opportunity_key", args=[record.pk]),
                icon="star",
                permission="opportunities.add_keyproject",
                post=True,
                when=lambda record: record.stage.is_open and not is_key(record),
            ),
            Action(
                label=gettext_lazy("No longer a key project"),
                url=lambda record: reverse("opportunities:opportunity_key_off", args=[record.pk]),
                icon="star",
                permission="opportunities.add_keyproject",
                post=True,
                when=is_key,
            ),
        ),
        attributes=(
            "product_line",
            "product",
            "application",
            "target_function",
            "source",
            "dimension",
            "need",
            "buying_motive",
            "timing",
            "certification",
            "competitors",
            "support_needed",
            "region",
            (gettext_lazy("Assigned on"), lambda record: day_html(record.assigned_on)),
        ),
        select=(
            "stage",
            "key_project__marked_by",
            "customer",
            "owner",
            "team",
            "product_line",
            "product",
            "region",
            "currency",
        ),
        next_step=next_step,
        strip="opportunities/_path.html",
        strip_context=path_context,
        styles="css/funnel.css",
    ),
)
