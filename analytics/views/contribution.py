"""All customers in reach by what they contribute and what they buy: four fields, counted over stored figures."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, DecimalField, F, Q, Sum, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from analytics.charts import contribution_map, waterfall
from crm.catalogue.models.cost import VIEW_COST
from customers.models import CustomerContribution
from customers.panels.wallet import waterfall as steps_of

SHOWN = 60
HEIGHTS = ("sales", "growth")
_GROWTH = Case(
    When(sales_before__gt=0, then=(F("sales") - F("sales_before")) * 100 / F("sales_before")),
    output_field=DecimalField(max_digits=18, decimal_places=2),
)


class ContributionMap(View):
    """The four fields: much or little contribution, by sales or by growth. Only for readers who may see costs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        user: Any = request.user
        if not (user.has_perm(VIEW_COST) and user.has_perm("customers.view_customercontribution")):
            raise PermissionDenied
        height = request.GET.get("y", "sales")
        if height not in HEIGHTS:
            raise Http404
        rows = CustomerContribution.objects.visible_to(user).filter(contribution_percent__isnull=False)
        if height == "growth":
            rows = rows.annotate(growth=_GROWTH).filter(growth__isnull=False)
        split = _split(rows, height)
        largest = list(rows.select_related("customer__figures").order_by("-sales", "pk")[:SHOWN])
        fields = _fields(rows, height, split)
        context = {
            "nav": "contribution",
            "crumbs": [(_("Contribution"), None)],
            "fields": fields,
            "count": sum(field["count"] for field in fields),
            "shown": len(largest),
            "chart": contribution_map(largest, height, split),
            "steps": waterfall(_steps(rows)),
            "switch": [
                {"label": label, "url": f"{reverse('analytics:contribution')}?y={key}", "active": key == height}
                for key, label in (("sales", _("By sales")), ("growth", _("By growth")))
            ],
        }
        return render(request, "analytics/contribution.html", context)


def _split(rows: Any, height: str) -> tuple[Decimal, Decimal]:
    """Where the fields meet: the contribution of all customers together, and their mean sales, or no growth."""
    sums = rows.aggregate(
        contribution=Sum("contribution"), covered=Sum("covered_sales"), sales=Sum("sales"), count=Count("pk")
    )
    if not sums["count"]:
        return Decimal(0), Decimal(0)
    share = sums["contribution"] * 100 / sums["covered"]
    return round(share, 2), round(sums["sales"] / sums["count"], 2) if height == "sales" else Decimal(0)


def _steps(rows: Any) -> Any:
    """From the sales of all of these customers to what they contribute together."""
    names = (
        "sales",
        "covered_sales",
        "cost",
        "rebates",
        "complaint_cost",
        "shipping_cost",
        "capital_cost",
        "contribution",
    )
    return steps_of(SimpleNamespace(**rows.aggregate(**{name: Sum(name, default=Decimal(0)) for name in names})))


def _fields(rows: Any, height: str, split: tuple[Decimal, Decimal]) -> list[dict[str, Any]]:
    """How many customers lie in each field, and what these buy and contribute; one query."""
    right, up = Q(contribution_percent__gte=split[0]), Q(**{f"{height}__gte": split[1]})
    parts = {
        "keep": (right & up, _("Large and profitable: keep"), _("Growing and profitable: keep")),
        "grow": (right & ~up, _("Small and profitable: grow"), _("Shrinking and profitable: win back")),
        "mend": (~right & up, _("Large, contributes little: improve"), _("Growing, contributes little: improve")),
        "ask": (~right & ~up, _("Small, contributes little: question"), _("Shrinking, contributes little: question")),
    }
    sums: dict[str, Any] = {}
    for key, (which, *_labels) in parts.items():
        sums |= {
            f"{key}_count": Count("pk", filter=which),
            f"{key}_sales": Sum("sales", filter=which, default=0),
            f"{key}_contribution": Sum("contribution", filter=which, default=0),
        }
    found = rows.aggregate(**sums)
    return [
        {
            "label": labels[HEIGHTS.index(height)],
            **{name: found[f"{key}_{name}"] for name in ("count", "sales", "contribution")},
        }
        for key, (_which, *labels) in parts.items()
    ]
