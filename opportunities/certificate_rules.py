"""When a certificate counts: which of its versions, until when, and what that is called on a day. Plain dates, no database."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from opportunities.enums import CertificateLanguage, CertificateState

SOON_DAYS = 90  # before the end: from then on it "expires soon", and the first warning is given
WARNINGS = (SOON_DAYS, 30, 7)
ALIVE = (CertificateState.VALID, CertificateState.SOON)
_ONE_DAY = dt.timedelta(days=1)
_WISHES = {
    "": ("",),
    "zh": (CertificateLanguage.CHINESE,),
    "en": (CertificateLanguage.ENGLISH,),
    "both": (CertificateLanguage.CHINESE, CertificateLanguage.ENGLISH),
}


def holds(version: Any, day: dt.date) -> bool:
    """Whether a version is in force on that day."""
    if version.withdrawn_on is not None and version.withdrawn_on <= day:
        return False
    return version.valid_from <= day and (version.valid_until is None or version.valid_until >= day)


def newest(version: Any) -> tuple[dt.date, int]:
    """The order of versions of one language."""
    return version.valid_from, version.edition


def counting(versions: Iterable[Any], day: dt.date) -> Any:
    """Of a certificate's versions in one language the one that counts: the newest that is in force; without one the newest that
    was, else the first to come. None when there is none but withdrawn ones."""
    kept = [row for row in versions if row.withdrawn_on is None or row.withdrawn_on > day]
    if valid := [row for row in kept if holds(row, day)]:
        return max(valid, key=newest)
    if over := [row for row in kept if row.valid_from <= day]:
        return max(over, key=newest)
    return min(kept, key=newest, default=None)


def covered_until(versions: Sequence[Any], start: Any) -> dt.date | None:
    """The last day that the version and those which follow it without a gap hold; None: without an end."""
    end = start.valid_until
    for row in sorted(versions, key=newest):
        if end is None:
            return None
        follows = row.withdrawn_on is None and row.valid_from <= end + _ONE_DAY
        if follows and newest(row) > newest(start) and (row.valid_until is None or row.valid_until > end):
            end = row.valid_until
    return end  # type: ignore[no-any-return]


def state_of(valid_from: dt.date | None, valid_until: dt.date | None, day: dt.date) -> str:
    """What a certificate of these days is called on a day."""
    if valid_from is None or valid_from > day:
        return CertificateState.DRAFT
    if valid_until is None:
        return CertificateState.VALID
    if valid_until < day:
        return CertificateState.EXPIRED
    return CertificateState.SOON if (valid_until - day).days <= SOON_DAYS else CertificateState.VALID


def state_of_version(version: Any, versions: Iterable[Any], day: dt.date) -> str:
    """What one of a certificate's versions of a language is called: replaced once a newer one counts."""
    if version.withdrawn_on is not None and version.withdrawn_on <= day:
        return CertificateState.WITHDRAWN
    found = counting(versions, day)
    if found is not None and newest(found) > newest(version):
        return CertificateState.REPLACED
    return state_of(version.valid_from, version.valid_until, day)


def wishes(language: str) -> Sequence[str]:
    """The languages that a customer's wish asks for, each by itself; "" is any."""
    return _WISHES.get(language, ("",))


def serves(language: str, wish: str) -> bool:
    """Whether a file in a language serves who wants that one."""
    return wish in ("", language) or language == CertificateLanguage.BOTH


def warning_of(days_left: int) -> int | None:
    """The warning that is due with so many days left: the smallest that has come; None before the first."""
    return min((days for days in WARNINGS if days_left <= days), default=None)
