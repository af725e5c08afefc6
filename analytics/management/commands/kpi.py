"""manage.py kpi list|show|recompute: figures for administrators and automation, one JSON object on stdout."""

import csv
import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from analytics.catalogue import CATALOGUE, UnknownIndicator
from analytics.definitions import Indicator
from analytics.domain.refresh import NotSummed, refresh
from analytics.engine.answer import as_json
from analytics.engine.evaluate import evaluate
from analytics.engine.figures import Figures
from analytics.engine.reader import COMPANY
from analytics.engine.request import BadRequest, KpiRequest
from crm.locks import LockTaken
from crm.organisation.models import User
from crm.periods import parse_period

_TIERS = {"strategic": "战略层", "management": "管理层", "operations": "运营层"}
_COLUMNS = (
    "no", "process", "theme", "name", "name_en", "unit", "formula", "tiers", "stage1_attribute", "stage1_type",
    "stage2_attribute", "stage2_type", "priority", "cycle", "dimensions", "system", "kind", "direction", "reading",
)  # fmt: skip


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Lists, shows and recomputes the indicators."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """list [--csv] | show NO --period P [--by D] [--user U] | recompute [--full]"""
        actions = parser.add_subparsers(dest="action", required=True)
        listing = actions.add_parser("list", help="the indicators that are computed")
        listing.add_argument("--csv", action="store_true", help="as CSV instead of JSON")
        show = actions.add_parser("show", help="one indicator in one period")
        show.add_argument("number", type=int)
        show.add_argument("--period", required=True, help="2026-10, 2026-Q3, 2026 or ytd")
        show.add_argument(
            "--by", default="", help="a dimension: business_unit, product_line, region, team, rep, customer, ..."
        )
        show.add_argument("--user", default="", help="as this person sees it; everything when left out")
        recompute = actions.add_parser("recompute", help="sum the months whose facts changed")
        recompute.add_argument("--full", action="store_true", help="sum all months")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the action; the catalogue's own language is Chinese, so labels are too."""
        with translation.override("zh-hans"):
            getattr(self, f"_{options['action']}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        rows = [_described(indicator) for indicator in CATALOGUE.values()]
        if not options["csv"]:
            self.stdout.write(json.dumps({"indicators": rows}, ensure_ascii=False))
            return
        writer = csv.DictWriter(self.stdout, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

    def _show(self, options: dict[str, Any]) -> None:
        reader = _reader(options["user"])
        today = timezone.localdate()
        try:
            period = parse_period(options["period"], today=today)
            request = KpiRequest(options["number"], period, options["by"], user=reader)
            result = evaluate(request, Figures(reader, today=today))
        except UnknownIndicator as error:
            raise CommandError(f"There is no indicator {options['number']}; see `kpi list`.", returncode=2) from error
        except (ValueError, BadRequest) as error:
            raise CommandError(str(error), returncode=2) from error
        answer = {**as_json(result), "user": options["user"] or None}
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _recompute(self, options: dict[str, Any]) -> None:
        try:
            report = refresh(full=options["full"])
        except LockTaken as error:
            raise CommandError(
                "Another recomputation is running: try again when it has finished.", returncode=1
            ) from error
        except NotSummed as error:
            raise CommandError(str(error.message), returncode=1) from error
        for fact, parts in report.parts.items():
            print(fact, " ".join(f"{name}={value:.2f}" for name, value in parts.items()), file=sys.stderr)
        answer = {
            "full": options["full"],
            "months": max(report.months.values(), default=0),
            "facts": report.months,
            "rows": report.rows,
            "sums": report.sums,
            "seconds": round(report.seconds, 3),
        }
        self.stdout.write(json.dumps(answer))


def _reader(username: str) -> Any:
    if not username:
        return COMPANY
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active user {username!r}.", returncode=2)
    return user


def _described(indicator: Indicator) -> dict[str, Any]:
    first, second = indicator.stages
    values = (
        indicator.number, indicator.process.zh, indicator.theme.zh, indicator.name.zh, indicator.name.en, indicator.unit_text.zh,
        indicator.formula.zh, "、".join(_TIERS[tier] for tier in indicator.tiers), first.attribute, str(first.type),
        second.attribute, str(second.type), indicator.priority, indicator.cycle.zh, " ".join(indicator.dimensions),
        indicator.system, str(indicator.kind), str(indicator.direction), indicator.reading.zh,
    )  # fmt: skip
    return dict(zip(_COLUMNS, values, strict=True))
