"""The funnel in figures: by stage and one more dimension, cohorts, and the way through the stages."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import ListFilter
from crm.records.choices import listed
from opportunities.domain.cohorts import Cohort, cohorts, created_in, periods
from opportunities.domain.endings import endings
from opportunities.domain.funnel import Funnel
from opportunities.domain.pipeline import BREAKDOWNS, MEMBERS, Load, MemberLoad, by_member, by_stage, flows
from opportunities.enums import StageCategory
from opportunities.models import Stage
from opportunities.views.funnel_base import FunnelPage

TONES = 4  # shades of the stages: s1 to s4
BY = (
    ("owner", _("Owner")),
    ("team", _("Team")),
    ("product_line", _("Product line")),
    ("product", _("Product")),
    ("region", _("Region")),
    ("source", _("Source")),
)
SPANS = (("month", _("Months")), ("quarter", _("Quarters")))
ENDS = (StageCategory.WON, StageCategory.LOST, StageCategory.ON_HOLD, StageCategory.OPEN)


class FunnelView(FunnelPage):
    """Every number leads to its rows in the list."""

    template = "opportunities/funnel/funnel.html"
    heading = _("Funnel")
    tab = "funnel"

    def shown(self, filterset: ListFilter) -> dict[str, Any]:
        """Stages, breakdown, cohorts, flows. A fixed number of queries."""
        rows, stages = filterset.qs, Funnel().open_stages
        by = self.chosen("by", BREAKDOWNS, "owner")
        span = self.chosen("span", dict(SPANS), "month")
        spans = periods(timezone.localdate(), quarters=span == "quarter")
        begin = spans[-1].start
        members = by_member(rows, stages, by)
        loads = by_stage(rows, stages)
        return {
            "stages": self.stages(stages, loads),
            "whole": sum(loads.values(), Load()),
            "open_url": self.to_list(status=StageCategory.OPEN),
            "by_switch": self.choices_of("by", BY, by),
            "by_label": dict(BY)[by],
            "members": [self.member(member, stages, by) for member in members[:MEMBERS]],
            "more_members": len(members) > MEMBERS,
            "span_switch": self.choices_of("span", SPANS, span),
            "stage_labels": stages,
            "cohorts": [self.cohort(found, stages) for found in cohorts(rows, stages, spans)],
            "flows": flows(created_in(rows, begin), stages),
            "begin": begin,
            **self.endings(rows),
        }

    def endings(self, rows: Any) -> dict[str, Any]:
        """Win rate, reasons of loss and who won, of the last twelve months."""
        found = endings(rows, timezone.localdate())
        # a filter by the same thing stays in force
        closed = {} if "closed" in self.request.GET else {"closed": f"{found.since}.."}
        reasons = [
            {
                "label": listed("loss_reason").label(reason.key) if reason.key else gettext("not said"),
                "ending": reason,
                "url": self.to_list(**closed, status="lost", loss_reason=reason.key) if reason.key else "",
            }
            for reason in found.reasons
        ]
        urls = {f"{end}_url": self.to_list(**closed, status=end) for end in ("won", "lost")}
        return {"ended": found, "reasons": reasons, **urls}

    def stages(self, stages: list[Stage], loads: dict[int, Load]) -> list[dict[str, Any]]:
        """The bars of the funnel."""
        found = {stage.pk: loads.get(stage.pk, Load()) for stage in stages}
        largest = max((load.amount for load in found.values()), default=0) or 1
        return [
            {
                "stage": stage,
                "load": found[stage.pk],
                "share": found[stage.pk].amount * 100 / largest,
                "tone": f"s{min(number, TONES)}",
                "url": self.to_list(status=StageCategory.OPEN, stage=stage.pk),
            }
            for number, stage in enumerate(stages, start=1)
        ]

    def member(self, member: MemberLoad, stages: list[Stage], by: str) -> dict[str, Any]:
        """A row of the breakdown. Those not assigned have no filter that leads to them."""
        link: dict[str, Any] = {} if member.key is None else {"status": StageCategory.OPEN, by: member.key}
        cells = [
            {
                "stage": stage,
                "load": member.by_stage.get(stage.pk, Load()),
                "url": self.to_list(**link, stage=stage.pk) if link else "",
            }
            for stage in stages
        ]
        label = member.label if member.key is not None else gettext("not assigned")
        return {"label": label, "cells": cells, "whole": member.whole, "url": self.to_list(**link) if link else ""}

    def cohort(self, found: Cohort, stages: list[Stage]) -> dict[str, Any]:
        """A row of the cohorts."""
        created = f"{found.period.start}..{found.period.end}"
        # a filter by the same thing would be replaced by the link's own
        linked = not {"created", "reached"} & set(self.request.GET)

        def cell(label: Any, count: int, **more: Any) -> dict[str, Any]:
            url = self.to_list(created=created, **more) if linked and count else ""
            return {"label": label, "count": count, "share": found.share(count), "url": url}

        reached = [cell(stage.label, found.reached.get(stage.pk, 0), reached=stage.pk) for stage in stages]
        ends = [cell(category.label, found.now(category), status=category.value) for category in ENDS]
        return {"period": found.period, "all": cell(_("Created"), found.count), "cells": [*reached, *ends]}
