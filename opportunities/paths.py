"""The path of an opportunity through the funnel: the stages that the sales process of its product line goes through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.apps import apps

from opportunities.enums import StageCategory


@dataclass(frozen=True)
class Terms:
    """What a stage means on a path: the win probability in percent and the standard days."""

    probability: int
    standard_days: int


class Paths:
    """Stages and processes, each read once when needed, for any number of opportunities."""

    @cached_property
    def stages(self) -> list[Any]:
        """All stages by position."""
        return list(apps.get_model("opportunities", "Stage")._base_manager.order_by("position", "pk"))

    @cached_property
    def _by_line(self) -> dict[int, list[Any]]:
        """The rows of the process of each product line that has one, former ones too."""
        rows: dict[int, list[Any]] = {}
        for row in apps.get_model("opportunities", "ProcessStage")._base_manager.all():
            rows.setdefault(row.process_id, []).append(row)
        lines = apps.get_model("opportunities", "ProcessLine")._base_manager.values_list("product_line", "process")
        return {line: rows.get(process, []) for line, process in lines}

    def of(self, opportunity: Any, line: int | None = None) -> list[Any]:
        """The stages on its path by position, the closed ones too. While it stands in a stage, the path is what held when it came
        there. `line` is the product line it is about to have. A stage that is on the path no more stays until it is left."""
        rows = self._rows(line or opportunity.product_line_id, opportunity.stage_since)
        if not rows:
            return self.stages
        keys = {row.stage_id for row in rows} | {opportunity.stage_id}
        return [stage for stage in self.stages if stage.category != StageCategory.OPEN or stage.pk in keys]

    def terms(self, stage: Any, line: int | None, since: datetime | None = None) -> Terms:
        """What the stage means for a product line; `since`: what held then."""
        found = next((row for row in self._rows(line, since) if row.stage_id == stage.pk), stage)
        return Terms(found.probability, found.standard_days)

    def first(self, line: int | None) -> Any:
        """The first open stage of a product line's path; None when the funnel has none."""
        keys = {row.stage_id for row in self._rows(line)}
        return next(iter(open_stages(stage for stage in self.stages if not keys or stage.pk in keys)), None)

    def _rows(self, line: int | None, since: datetime | None = None) -> list[Any]:
        return [row for row in self._by_line.get(line, []) if row.held_at(since)] if line else []


def open_stages(stages: Iterable[Any]) -> list[Any]:
    """Those that work goes on in."""
    return [stage for stage in stages if stage.category == StageCategory.OPEN]
