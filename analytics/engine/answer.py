"""A figure as plain text and dicts, for programs: the command and the API say the same."""

from decimal import Decimal
from typing import Any

from analytics.engine.result import Figure, KpiResult


def as_json(result: KpiResult) -> dict[str, Any]:
    """What was asked and what came out; numbers are texts."""
    indicator, period = result.indicator, result.request.period
    answer: dict[str, Any] = {
        "indicator": indicator.number,
        "name": indicator.name.zh,
        "name_en": indicator.name.en,
        "unit": indicator.unit_text.zh,
        "period": period.label,
        "from": period.start.isoformat(),
        "to": period.end.isoformat(),
        "as_of": result.as_of.isoformat(),
        **_figure(result.figure),
    }
    if result.shares:
        answer["shares"] = {name: _text(share) for name, share in result.shares.items()}
    if result.request.by:
        answer["dimension"] = result.request.by
        answer["members"] = [
            {"member": m.id, "code": m.code, "label": m.label, **_figure(m.figure)} for m in result.members
        ]
    return answer


def _figure(figure: Figure) -> dict[str, str | None]:
    return {
        "numerator": _text(figure.numerator),
        "denominator": _text(figure.denominator),
        "value": _text(figure.value),
    }


def _text(value: Decimal | None) -> str | None:
    """Plain digits without trailing zeros beyond the second place: '1234.50', '36', '41.216216'."""
    if value is None:
        return None
    text = f"{value:.6f}".rstrip("0")
    whole, _dot, places = text.partition(".")
    if not places:
        return whole
    return f"{whole}.{places.ljust(2, '0')}"
