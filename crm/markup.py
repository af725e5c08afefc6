"""Small pieces of markup that pages are made of, as plain functions: table columns call them without the template engine.

Everything put in is escaped here; everything that comes out is safe. The template tags of the same names are in
crm.templatetags.ui. All drawings are inline SVG with classes, so that they follow the theme and need no style attribute.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any
from zlib import crc32

from django.core.signals import setting_changed
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from crm.formats import grouped, is_chinese, to_decimal

SPRITE = "vendor/icons/sprite.svg"
TONES = frozenset({"", "ok", "warn", "bad", "info", "pri", "vio", "line"})
_AVATAR_COLOURS = 6


@lru_cache(maxsize=1)
def sprite_url() -> str:
    """Where the icon sprite is served, with its hash."""
    return static(SPRITE)


@lru_cache(maxsize=2048)
def icon(name: str, size: int = 18, cls: str = "", label: str = "") -> SafeString:
    """An icon of the sprite. With `label` it has a meaning of its own; without, it is hidden from screen readers."""
    a11y = f'role="img" aria-label="{escape(str(label))}"' if label else 'aria-hidden="true"'
    classes = f"ico {escape(cls)}" if cls else "ico"
    size = int(size)
    return SafeString(
        f'<svg class="{classes}" width="{size}" height="{size}" {a11y}>'
        f'<use href="{escape(sprite_url())}#{escape(name)}"/></svg>'
    )


def badge(tone: str, text: Any, dot: bool = False, ico: str = "") -> SafeString:
    """A coloured word: tone is ok, warn, bad, info, pri, vio, line or empty."""
    if tone not in TONES:
        raise ValueError(f"unknown tone {tone!r}")
    lead = '<i class="pill-dot"></i>' if dot else ""
    if ico:
        lead += icon(ico, 13)
    cls = f"pill pill-{tone}" if tone else "pill"
    return SafeString(f'<span class="{cls}">{lead}{escape(str(text))}</span>')


def grade(letter: str) -> SafeString:
    """A customer's grade (S, A, B, C, D); nothing for an empty one."""
    return _grade(str(letter), is_chinese()) if letter else SafeString("")


@lru_cache(maxsize=64)
def _grade(letter: str, _chinese: bool) -> SafeString:
    title = escape(gettext("Customer grade %(letter)s") % {"letter": letter})
    cls = letter.lower() if letter.isalnum() else "d"
    return SafeString(
        f'<span class="grade grade-{escape(cls)}" title="{title}">'
        f'<span aria-hidden="true">{escape(letter)}</span><span class="visually-hidden">{title}</span></span>'
    )


@lru_cache(maxsize=4096)
def avatar(name: str, size: str = "", sq: bool = False, text: str = "") -> SafeString:
    """Initials on a colour that stays with the name.

    `size` is '', 'xs' or 'lg'; `sq` for companies; `text` replaces the initials.
    """
    colour = crc32(name.encode()) % _AVATAR_COLOURS + 1
    classes = f"ava ava-{colour}" + (f" ava-{escape(size)}" if size else "") + (" ava-sq" if sq else "")
    return SafeString(f'<span class="{classes}" aria-hidden="true">{escape(text or initials(name, company=sq))}</span>')


def initials(name: str, *, company: bool = False) -> str:
    """Up to two characters that stand for a name: the given name of a Chinese person, first letters otherwise."""
    name = name.strip()
    if not name:
        return "?"
    if name.isascii():
        words = name.replace(".", " ").replace("-", " ").split() or [name]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2])).upper()
    if company:
        return name[2:4] if len(name) >= 6 else name[:2]
    return name[-2:] if len(name) <= 4 else name[:1]


def spark(points: str | Sequence[Any], w: int = 72, h: int = 22, tone: str = "primary", label: str = "") -> SafeString:
    """A line of values without axes; nothing for fewer than two. `points` is a sequence or 'a,b,c'."""
    raw = filter(None, points.split(",")) if isinstance(points, str) else points
    values = [float(value) for value in raw if value is not None]
    if len(values) < 2:
        return SafeString("")
    w, h = int(w), int(h)
    low, high = min(values), max(values)
    span = (high - low) or 1
    step = (w - 6) / (len(values) - 1)
    dots = [(2 + i * step, h - 3 - (value - low) / span * (h - 6)) for i, value in enumerate(values)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
    last_x, last_y = dots[-1]
    return SafeString(
        f'<svg class="spark spark-{escape(tone)}" width="{w}" height="{h}" viewBox="0 0 {w} {h}" {_a11y(label)}>'
        f'<polygon points="2,{h} {line} {last_x:.1f},{h}"/><polyline points="{line}"/>'
        f'<circle cx="{last_x:.1f}" cy="{last_y:.1f}" r="2.2"/></svg>'
    )


def bar(value: Any, target: Any = None, tone: str = "primary", label: str = "", h: int = 6) -> SafeString:
    """A bar of 0 to 100 percent with an optional tick at the target; values outside are cut. `h` is 4, 6, 8 or 18."""
    h = int(h)
    width = _percent(value)
    tick = (
        ""
        if target in (None, "")
        else f'<rect class="bar-tick" x="{min(99.0, _percent(target)):.1f}" y="0" width="1.2" height="{h}"/>'
    )
    return SafeString(
        f'<svg class="bar bar-{escape(tone)} bar-h{h}" viewBox="0 0 100 {h}" preserveAspectRatio="none" {_a11y(label)}>'
        f'<rect class="bar-track" width="100" height="{h}"/>'
        f'<rect class="bar-fill" width="{width:.1f}" height="{h}"/>{tick}</svg>'
    )


def span(start: Any, end: Any, tone: str = "primary", h: int = 8) -> SafeString:
    """A bar from one per cent to another: a step of a waterfall. Its amount stands beside it in words. `h` as of a bar."""
    low, high = sorted((_percent(start), _percent(end)))
    size = f'height="{int(h)}"'
    return SafeString(
        f'<svg class="bar bar-{escape(tone)} bar-h{int(h)}" viewBox="0 0 100 {int(h)}" preserveAspectRatio="none"'
        f' aria-hidden="true"><rect class="bar-track" width="100" {size}/>'
        f'<rect class="bar-fill" x="{low:.1f}" width="{max(high - low, 0.4):.1f}" {size}/></svg>'
    )


def ring(done: int, total: int, size: int = 28) -> SafeString:
    """How many of a fixed number are done: a ring and 'done/total' beside it."""
    done, total, size = int(done), int(total), int(size)
    radius, middle = size / 2 - 2.5, size / 2
    around = 2 * 3.14159265 * radius
    part = min(1.0, done / total) if total else 0.0
    tone = "success" if total and done >= total else ("warning" if part < 0.5 else "primary")
    circle = f'cx="{middle:g}" cy="{middle:g}" r="{radius:g}"'
    return SafeString(
        f'<span class="ring ring-{tone}"><svg width="{size}" height="{size}" viewBox="0 0 {size} {size}" aria-hidden="true">'
        f'<circle class="ring-t" {circle}/><circle class="ring-f" {circle} stroke-dasharray="{around * part:.1f} {around:.1f}"'
        f' transform="rotate(-90 {middle:g} {middle:g})"/></svg><b>{done}/{total}</b></span>'
    )


def delta(value: Any, good: str = "up", unit: str = "%", decimals: int = 1) -> SafeString:
    """A change: the arrow is its direction, the colour whether that is good. `good` says which way is: 'up' or 'down'."""
    number = to_decimal(value)
    if number is None:
        return SafeString("")
    text = grouped(abs(number), decimals) + unit
    if not number:
        return SafeString(f'<span class="delta delta-flat">{escape(text)}</span>')
    rising = number > 0
    tone = "good" if rising == (good == "up") else "bad"
    arrow = icon("arrow-narrow-up" if rising else "arrow-narrow-down", 13)
    sign = "+" if rising else "\u2212"
    return SafeString(
        f'<span class="delta delta-{tone}">{arrow}<span class="visually-hidden">{sign}</span>{escape(text)}</span>'
    )


def donut(segments: str | Sequence[tuple[Any, Any]], size: int = 92, w: int = 13) -> SafeString:
    """Shares of a whole. `segments` is [(colour number, value)] or '1:41,2:27'; the numbers are the chart colours 1 to 6."""
    pairs = [part.split(":") for part in segments.split(",")] if isinstance(segments, str) else segments
    parts = [(str(colour), max(0.0, float(value))) for colour, value in pairs]
    total = sum(value for _, value in parts)
    if not total:
        return SafeString("")
    radius, middle, offset, arcs = size / 2 - w / 2 - 1, size / 2, 0.0, []
    around = 2 * 3.14159265 * radius
    for colour, value in parts:
        length = value / total * around
        arcs.append(
            f'<circle class="seg seg-{escape(colour)}" cx="{middle:g}" cy="{middle:g}" r="{radius:.1f}" stroke-width="{int(w)}"'
            f' stroke-dasharray="{max(length - 1.5, 0):.2f} {around:.2f}" stroke-dashoffset="{-offset:.2f}"'
            f' transform="rotate(-90 {middle:g} {middle:g})"/>'
        )
        offset += length
    return SafeString(
        f'<svg class="donut" width="{int(size)}" height="{int(size)}" viewBox="0 0 {int(size)} {int(size)}" aria-hidden="true">'
        f"{''.join(arcs)}</svg>"
    )


def _percent(value: Any) -> float:
    number = to_decimal(value)
    return 0.0 if number is None else max(0.0, min(100.0, float(number)))


def _a11y(label: str) -> str:
    return f'role="img" aria-label="{escape(str(label))}"' if label else 'aria-hidden="true"'


def _forget(*, setting: str, **_: Any) -> None:
    if setting in {"STATIC_URL", "STORAGES", "DEBUG"}:
        sprite_url.cache_clear()
        icon.cache_clear()


setting_changed.connect(_forget, dispatch_uid="crm.markup")
