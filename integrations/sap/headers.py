"""What an answer's headers say of time."""

import datetime as dt
import email.utils

import httpx


def retry_after(response: httpx.Response) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date."""
    value = response.headers.get("Retry-After", "").strip()
    if not value:
        return None
    if value.isdigit():
        return float(value)
    try:
        at = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max((at - date_header(response)).total_seconds(), 0.0)


def date_header(response: httpx.Response) -> dt.datetime:
    """The server's own time; ours when it does not say."""
    try:
        return email.utils.parsedate_to_datetime(response.headers.get("Date", ""))
    except ValueError:
        return dt.datetime.now(dt.UTC)
