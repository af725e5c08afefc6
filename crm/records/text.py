"""Plain text as people type it, made safe for a page: links, line breaks, mentions."""

from collections.abc import Iterable
from html import escape

from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe


def rich_text(text: str, names: Iterable[str]) -> SafeString:
    """The text escaped, its addresses made links, its lines kept, and "@name" of these names set in bold."""
    markup = urlize(text, nofollow=True, autoescape=True)
    for name in sorted(set(names), key=len, reverse=True):
        mention = escape(f"@{name}")
        markup = markup.replace(mention, f"<b>{mention}</b>")
    return mark_safe("<br>".join(markup.split("\n")))  # noqa: S308 -- urlize has escaped it
