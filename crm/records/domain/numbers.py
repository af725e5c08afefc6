"""Give out numbers: one after the other, no gap within a batch, none twice."""

import datetime as dt

from django.db import connection


def next_numbers(key: str, count: int = 1) -> range:
    """Take `count` numbers of the sequence `key` at once. Part of the caller's transaction: a rollback gives them back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO crm_numbersequence (key, last) VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET last = crm_numbersequence.last + excluded.last RETURNING last",
            [key, count],
        )
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


def monthly_number(prefix: str, day: dt.date) -> str:
    """A document number such as OPP-2611-0007: prefix, year and month, four digits or more counted per month."""
    month = f"{day:%y%m}"
    number = next_numbers(f"{prefix}-{month}")[0]
    return f"{prefix}-{month}-{number:04d}"


def record_number(prefix: str, *, start: int = 100001) -> str:
    """A record number such as C-100001: prefix and a number that counts from `start`."""
    return f"{prefix}-{start - 1 + next_numbers(prefix)[0]}"


def record_numbers(prefix: str, count: int, *, start: int = 100001) -> list[str]:
    """The next `count` record numbers, taken at once."""
    return [f"{prefix}-{start - 1 + number}" for number in next_numbers(prefix, count)]
