"""The text of a cell: one form for whatever a sheet holds, and tidied the way people mean it."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Any

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACE = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]+")
_WIDE = {
    code: code - 0xFEE0
    for run in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(run[0], run[1] + 1)
}
_WIDE |= {0xFF0D: 0x2D, 0xFF20: 0x40, 0xFF0B: 0x2B}
_EMPTY_WORDS = frozenset(
    {"-", "--", "/", "\\", "—", "——", "n/a", "na", "null", "none", "nil", "#n/a", "(空)", "（空）", "空", "无"}
)


def text_of(value: Any) -> str:
    """A value read from a sheet as text without invisible characters: 60.0 -> '60', a date at midnight -> '2026-11-23'."""
    if isinstance(value, str):
        return _UNSEEN.sub("", value).replace("\r\n", "\n").replace("\r", "\n").strip(" \n\t\u3000\u00a0")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else format(Decimal(repr(value)), "f")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    return str(value)


def tidy(text: str, *, lines: bool = False) -> str:
    """Full-width letters and digits to half width, runs of blanks to one, none at the ends. Chinese punctuation stays.

    Line breaks become blanks unless `lines`.
    """
    text = text.translate(_WIDE)
    if lines:
        return "\n".join(_SPACE.sub(" ", line).strip() for line in text.split("\n")).strip()
    return _SPACE.sub(" ", text.replace("\n", " ")).strip()


def is_empty(text: str) -> bool:
    """Whether people mean 'nothing' by it: a blank cell, a dash, 'n/a', 无."""
    return not text or text.lower() in _EMPTY_WORDS


def folded(text: str) -> str:
    """For comparing: NFKC, lower case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())
