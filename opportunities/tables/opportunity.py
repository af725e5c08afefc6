"""The list of opportunities, and the card of one on the board."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.formats import BASE_CURRENCY, day_html, money_html, qty_html
from crm.generic.cells import label_cell
from crm.generic.tables import Column, Part, Table, Total, choice_cell, link_cell, record_address, text_cell
from crm.markup import avatar, badge, grade, icon, ring
from opportunities.domain.funnel import gates
from opportunities.enums import ForecastCategory, OpportunityCategory, StageCategory
from opportunities.models import Opportunity
from opportunities.rules import GateStatus, Pace, pace_of

STAGE_TONES: dict[str, str] = {
    StageCategory.OPEN: "info",
    StageCategory.WON: "ok",
    StageCategory.LOST: "bad",
    StageCategory.ON_HOLD: "line",
}
SLIPPED = 2  # times put off from which it is told
FORECAST_TONES: dict[str, str] = {ForecastCategory.COMMIT: "ok", ForecastCategory.BEST_CASE: "info"}
CATEGORY_TONES: dict[str, str] = {
    OpportunityCategory.NEW_PRODUCT: "vio",
    OpportunityCategory.COMPETITOR_REPLACEMENT: "info",
    OpportunityCategory.SHARE_INCREASE: "ok",
    OpportunityCategory.NEW_CUSTOMER: "pri",
}


def record_url(row: Opportunity) -> str:
    """The address of an opportunity's page."""
    return record_address("opportunities:opportunity_record", row.pk)


def customer_cell(row: Opportunity) -> str:
    """The customer's grade and name."""
    return format_html(
        '<span class="row-f">{}<span class="ell">{}</span></span>', grade(row.customer.grade), row.customer
    )


def stage_cell(row: Opportunity) -> str:
    """The stage as a badge."""
    return badge(STAGE_TONES.get(row.stage.category, "line"), row.stage.label)


def category_badge(row: Opportunity) -> str:
    """The kind of business as a badge; nothing when it isn't known."""
    return badge(CATEGORY_TONES.get(row.category, "line"), row.get_category_display()) if row.category else ""


def owner_cell(row: Opportunity) -> str:
    """The owner's picture and name."""
    name = row.owner.label if row.owner else ""
    return format_html('<span class="row-f">{}{}</span>', avatar(name, "xs"), name) if name else "—"


def days_text(days: int) -> str:
    """A number of days in words."""
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def pace_cell(row: Opportunity) -> str:
    """Days in the present stage, marked when they are too many."""
    pace = pace_of(row, timezone.now(), timezone.localdate())
    if row.stage.category not in (StageCategory.OPEN, StageCategory.ON_HOLD):
        return "—"
    tone = "bad" if pace.stuck and pace.late else "warn" if pace.stuck else ""
    mark = icon("clock-pause", 13, label=_("stuck")) if pace.stuck else ""
    return f'<span class="nw {tone}">{mark}{escape(days_text(pace.days))}</span>'


def close_cell(row: Opportunity) -> str:
    """The expected close, red once it has passed on an open one."""
    text = day_html(row.expected_close_on)
    if not (row.expected_close_on and row.stage.is_open and row.expected_close_on < timezone.localdate()):
        return text
    return format_html('<span class="bad">{}<span class="visually-hidden"> {}</span></span>', text, _("has passed"))


def gate_cell(row: Any) -> str:
    """How much of the present stage's gate is answered; OpportunityTable.prepare has put the status there."""
    status: GateStatus = row.gate_status
    return ring(status.done, status.total, 22) if status.total else "—"


def next_step_cell(row: Opportunity) -> str:
    """The next step and its day."""
    below = f'<span class="sub">{day_html(row.next_step_on)}</span>' if row.next_step_on else ""
    return f"{escape(row.next_step)}{below}" if row.next_step else "—"


def slip_cell(row: Opportunity) -> str:
    """How often the expected close was put off; red from the second time on."""
    if not row.slip_count:
        return '<span class="mute">0</span>'
    return f'<b class="bad">{row.slip_count}</b>' if row.slip_count >= SLIPPED else str(row.slip_count)


def days_in_stage(row: Opportunity) -> int | None:
    """Days in the present stage; None where they no longer count."""
    if row.stage.category not in (StageCategory.OPEN, StageCategory.ON_HOLD):
        return None
    return pace_of(row, timezone.now(), timezone.localdate()).days


CUSTOMER_PARTS = (Part("customer.name"), Part("customer.grade", gettext_lazy("Grade")))


class OpportunityTable(Table):
    """Columns of the list."""

    model = Opportunity
    caption = gettext_lazy("Opportunities")
    groups = {
        "stage": "stage",
        "owner": "owner",
        "customer": "customer",
        "line": "product_line",
        "category": "category",
        "close": "expected_close_on",
    }
    totals = {"amount": Total("amount_base"), "volume": Total("our_volume_kg", qty_html)}
    columns = (
        Column("name", gettext_lazy("Opportunity"), link_cell(record_url, str, lambda row: row.code), phone=""),
        Column(
            "customer",
            gettext_lazy("Customer"),
            customer_cell,
            select=("customer",),
            phone="",
            css="nw",
            value=CUSTOMER_PARTS,
        ),
        Column("stage", gettext_lazy("Stage"), stage_cell, select=("stage",), phone="", value="stage.label"),
        Column(
            "gate",
            gettext_lazy("Gate"),
            gate_cell,
            select=("product_line",),
            phone=gettext_lazy("Gate"),
            value=(
                Part("gate_status.done", gettext_lazy("Gate: answered")),
                Part("gate_status.total", gettext_lazy("Gate: in all")),
            ),
        ),
        Column(
            "amount",
            gettext_lazy("Amount"),
            lambda row: money_html(row.amount_base),
            sort="amount_base",
            css="num",
            phone=gettext_lazy("Amount"),
            descending=True,
            value=(Part("amount_base", unit=BASE_CURRENCY),),
        ),
        Column(
            "volume",
            gettext_lazy("Volume per year"),
            lambda row: qty_html(row.our_volume_kg),
            css="num",
            shown=False,
            value=(Part("our_volume_kg", unit="kg"),),
        ),
        Column(
            "close",
            gettext_lazy("Expected close"),
            close_cell,
            sort="expected_close_on",
            select=("stage",),
            phone=gettext_lazy("Expected close"),
            value="expected_close_on",
        ),
        Column(
            "days",
            gettext_lazy("In the stage"),
            pace_cell,
            select=("stage",),
            value=(Part(days_in_stage, unit=gettext_lazy("days")),),
        ),
        Column(
            "category",
            gettext_lazy("Category"),
            lambda row: category_badge(row) or "—",
            shown=False,
            value=lambda row: row.get_category_display(),
        ),
        Column(
            "line",
            gettext_lazy("Product line"),
            lambda row: escape(row.product_line.label) if row.product_line else "—",
            select=("product_line",),
            css="nw",
            value="product_line.label",
        ),
        Column(
            "next",
            gettext_lazy("Next step"),
            next_step_cell,
            css="nw",
            value=(Part("next_step"), Part("next_step_on", gettext_lazy("Next step due"))),
        ),
        Column("competitors", gettext_lazy("Competitors"), text_cell("competitors"), shown=False),
        Column(
            "forecast_category", gettext_lazy("Forecast"), choice_cell("forecast_category", FORECAST_TONES), shown=False
        ),
        Column("slip_count", gettext_lazy("Times put off"), slip_cell, css="num", shown=False, value="slip_count"),
        Column(
            "end_customer",
            gettext_lazy("End customer"),
            label_cell("end_customer"),
            select=("end_customer",),
            shown=False,
        ),
        Column("owner", gettext_lazy("Owner"), owner_cell, select=("owner",), css="nw", phone="", value="owner.label"),
    )

    @classmethod
    def prepare(cls, rows: Sequence[Any], columns: Sequence[Column]) -> None:
        """The status of each row's gate where that column is shown: one query for all of them."""
        if any(column.key == "gate" for column in columns):
            statuses = gates(rows)
            for row in rows:
                row.gate_status = statuses[row.pk]


def board_card(row: Opportunity, status: GateStatus, now: datetime, today: date, *, movable: bool) -> SafeString:
    """A card of the board. Its left edge is amber when it is stuck, red when it is far too late."""
    pace = pace_of(row, now, today)
    edge = " late" if pace.late else " stuck" if pace.stuck else ""
    owner = row.owner.label if row.owner else ""
    kind = category_badge(row)
    move = _move_button(row) if movable else ""
    return mark_safe(  # noqa: S308 -- every part is escaped or made by crm.markup
        f'<li class="kc{edge}" id="card-{row.pk}" data-card="{row.pk}">'
        f'<div class="row-f top"><a class="t grow" href="{escape(record_url(row))}">{escape(row.name)}</a>{move}</div>'
        f'<div class="c">{grade(row.customer.grade)}<span class="ell">{escape(str(row.customer))}</span></div>'
        f'<div class="m"><b>{money_html(row.amount_base)}</b>{_per_year(row)}</div>'
        + (f'<div class="x">{kind}</div>' if kind else "")
        + f'<div class="b">{ring(status.done, status.total, 24)}{_card_close(row, pace)}<span class="end">{_card_pace(pace)}'
        f'{avatar(owner, "xs")}<span class="visually-hidden">{escape(_("Owner"))} {escape(owner or "—")}</span></span></div></li>'
    )


def _move_button(row: Opportunity) -> str:
    label = escape(_("Move “%(name)s” to another stage") % {"name": row.name})
    url = escape(reverse("opportunities:opportunity_move", args=[row.pk]))
    return f'<a class="btn btn-ghost btn-sm btn-icon2 kc-m" href="{url}" data-dialog aria-label="{label}">{icon("dots", 16)}</a>'


def _per_year(row: Opportunity) -> str:
    return f'<span class="mute">{qty_html(row.our_volume_kg)}{escape(_("/year"))}</span>' if row.our_volume_kg else ""


def _card_close(row: Opportunity, pace: Pace) -> str:
    if not row.expected_close_on:
        return ""
    if not pace.past_close:
        return day_html(row.expected_close_on)
    passed = _("Expected close has passed:")
    hidden = f'<span class="visually-hidden">{escape(passed)} </span>'
    return f'<span class="nw bad">{hidden}{day_html(row.expected_close_on)}</span>'


def _card_pace(pace: Pace) -> str:
    if not pace.stuck:
        return ""
    title = escape(_("Days in this stage"))
    tone = "bad" if pace.late else "warn"
    mark = icon("clock-pause", 13)
    return f'<span class="nw {tone}" title="{title}">{mark}{escape(days_text(pace.days))}</span>'
