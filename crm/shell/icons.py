"""Which icons the pages use, and the sprite that holds them."""

import re
from collections.abc import Iterable
from pathlib import Path

LIST = Path(__file__).with_name("icons.txt")
_IN_TEMPLATES = re.compile(
    r"""(?:\{%\s*icon\s+(?:[^%"']*\|default:)?|\bico=|\bicon=)["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']"""
)
_IN_PYTHON = re.compile(r"""(?:\bicon\(|\bico(?:n)?=|["']icon["']:\s*)["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']""")
_SYMBOL = re.compile(r'<symbol id="([^"]+)"')
_BACKGROUND = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')
_LINES = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
_FILLED = 'fill="currentColor"'


def listed() -> set[str]:
    """The names of icons.txt: what pages choose at run time and what is kept at hand."""
    return set(LIST.read_text(encoding="utf-8").split())


def used(base: Path, folders: Iterable[str]) -> set[str]:
    """The names written out in templates and Python files below these folders of the project."""
    names: set[str] = set()
    for folder in folders:
        for path in (base / folder).rglob("*"):
            if path.suffix == ".html":
                names.update(name for name in _IN_TEMPLATES.findall(path.read_text(encoding="utf-8")))
            elif path.suffix == ".py":
                names.update(_IN_PYTHON.findall(path.read_text(encoding="utf-8")))
    return names


def symbols(sprite: str) -> set[str]:
    """The names a sprite holds."""
    return set(_SYMBOL.findall(sprite))


def build(names: Iterable[str], source: Path) -> str:
    """The sprite with these icons of an unpacked @tabler/icons package; LookupError names those it lacks.

    'star' is the outline, 'star-filled' the filled form.
    """
    parts, missing = ['<svg xmlns="http://www.w3.org/2000/svg">'], []
    for name in sorted(set(names)):
        filled = name.endswith("-filled")
        file = source / "icons" / ("filled" if filled else "outline") / f"{name.removesuffix('-filled')}.svg"
        if not file.exists():
            missing.append(name)
            continue
        parts.append(_symbol(name, file.read_text(encoding="utf-8"), _FILLED if filled else _LINES))
    if missing:
        raise LookupError(", ".join(missing))
    return "\n".join([*parts, "</svg>", ""])


def _symbol(name: str, svg: str, attributes: str) -> str:
    inner = re.sub(r".*?<svg[^>]*>(.*)</svg>\s*", r"\1", svg, flags=re.DOTALL)
    inner = re.sub(r"\s*\n\s*", "", _BACKGROUND.sub("", inner))
    return f'<symbol id="{name}" viewBox="0 0 24 24" {attributes}>{inner}</symbol>'
