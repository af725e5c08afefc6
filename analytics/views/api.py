"""Indicators by the API (/api/v1/kpis/): who asks, how often and how errors look is settled in the settings for all of it."""

from typing import Any, ClassVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics.catalogue import CATALOGUE, shown_to
from analytics.definitions import Indicator
from analytics.engine.answer import as_json
from analytics.engine.evaluate import evaluate
from analytics.engine.figures import Figures
from analytics.engine.request import KpiRequest
from crm.errors import DomainError
from crm.periods import parse_period

INDICATOR = inline_serializer(
    "Indicator",
    {
        "number": serializers.IntegerField(),
        "name": serializers.CharField(),
        "unit": serializers.CharField(),
        "formula": serializers.CharField(),
        "dimensions": serializers.ListField(child=serializers.CharField()),
    },
)
VALUE = inline_serializer(
    "IndicatorValue",
    {
        "indicator": serializers.IntegerField(),
        "name": serializers.CharField(),
        "name_en": serializers.CharField(),
        "unit": serializers.CharField(),
        "period": serializers.CharField(),
        "from": serializers.DateField(),
        "to": serializers.DateField(),
        "as_of": serializers.DateTimeField(),
        "numerator": serializers.CharField(allow_null=True),
        "denominator": serializers.CharField(allow_null=True),
        "value": serializers.CharField(allow_null=True),
        "dimension": serializers.CharField(required=False),
        "members": serializers.ListField(child=serializers.DictField(), required=False),
    },
)
_EXAMPLE = {
    "indicator": 61,
    "name": "到账收入",
    "name_en": "Revenue received",
    "unit": "万元",
    "period": "2026-10",
    "from": "2026-10-01",
    "to": "2026-10-31",
    "as_of": "2026-11-01T01:00:00+00:00",
    "numerator": "1234.50",
    "denominator": None,
    "value": "1234.50",
}


@method_decorator(login_not_required, name="dispatch")  # the API says 401 itself
class KpiApi(APIView):
    """For those who may see figures."""

    kind: ClassVar[str] = "kpis"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """The right to see figures."""
        super().initial(request, *args, **kwargs)
        if not request.user.has_perm("analytics.view_cell"):
            raise PermissionDenied


class KpiList(KpiApi):
    """The indicators there are."""

    @extend_schema(
        operation_id="kpis_list",
        summary=gettext_lazy("List the indicators"),
        tags=["kpis"],
        responses=inline_serializer(
            "Indicators", {"results": INDICATOR.__class__(many=True), "next": serializers.URLField(allow_null=True)}
        ),
        examples=[
            OpenApiExample(
                "Indicators",
                {
                    "results": [
                        {
                            "number": 61,
                            "name": "Revenue received",
                            "unit": "10,000 CNY",
                            "formula": "sum of receipts",
                            "dimensions": ["business_unit", "product_line"],
                        }
                    ],
                    "next": None,
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """Number, name, unit, formula and by what each can be broken down."""
        return Response({"results": [_described(one) for one in shown_to(request.user)], "next": None})


class KpiValue(KpiApi):
    """An indicator in a period."""

    @extend_schema(
        operation_id="kpis_value",
        summary=gettext_lazy("Get the value of an indicator"),
        tags=["kpis"],
        parameters=[
            OpenApiParameter("period", str, description="2026-10, 2026-Q3, 2026 or ytd", required=True),
            OpenApiParameter("by", str, description="A dimension of the indicator: its members come along"),
        ],
        responses=VALUE,
        examples=[OpenApiExample("Value", _EXAMPLE, response_only=True)],
    )
    def get(self, request: Request, number: int) -> Response:
        """As the reader sees it on the dashboard: over the rows in reach."""
        indicator = CATALOGUE.get(number)
        if indicator is None:
            raise Http404
        if indicator.permission and not request.user.has_perm(indicator.permission):
            raise PermissionDenied
        today = timezone.localdate()
        try:
            period = parse_period(request.query_params.get("period", ""), today=today)
        except ValueError as error:
            raise DomainError(_("Send a period: 2026-10, 2026-Q3, 2026 or ytd."), field="period") from error
        asked = KpiRequest(number, period, request.query_params.get("by", ""), user=request.user)
        return Response(as_json(evaluate(asked, Figures(request.user, today=today))))


def _described(indicator: Indicator) -> dict[str, Any]:
    return {
        "number": indicator.number,
        "name": str(indicator.name),
        "unit": str(indicator.unit_text),
        "formula": str(indicator.formula),
        "dimensions": list(indicator.dimensions),
    }
