"""Amounts: rounding by currency, and the amount in base currency at the rate of a date."""

from decimal import ROUND_HALF_UP, Decimal

DECIMALS = {"JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "OMR": 3, "TND": 3}
_UNITS = [Decimal(1).scaleb(-places) for places in range(4)]


def decimals_of(currency: str) -> int:
    """Digits after the point by ISO 4217; 2 for every currency not listed."""
    return DECIMALS.get(currency, 2)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """The amount at the currency's own precision, halves away from zero."""
    return amount.quantize(_UNITS[decimals_of(currency)], rounding=ROUND_HALF_UP)
