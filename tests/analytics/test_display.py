"""How figures are written."""

from decimal import Decimal

import pytest
from django.utils import translation

from analytics.catalogue import get
from analytics.display import value_text


@pytest.mark.parametrize(
    ("number", "value", "english", "chinese"),
    [
        (61, Decimal("269000000"), "CNY 269.00 m", "2.69 亿元"),  # money: the currency before the number in English
        (55, Decimal("8582.14"), "8,582.1 t", "8,582.1 吨"),
        (70, Decimal("36.34"), "36.3%", "36.3%"),
        (53, Decimal("1234"), "1,234", "1,234"),
        (61, None, "—", "—"),
    ],
)
def test_a_value_is_written_with_its_unit_as_the_language_wants(
    number: int, value: Decimal | None, english: str, chinese: str
) -> None:
    with translation.override("en"):
        assert value_text(get(number), value) == english
    with translation.override("zh-hans"):
        assert value_text(get(number), value) == chinese
