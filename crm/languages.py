"""What is kept in each language of the site: whoever reads it is not who made it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.functional import lazy

Said = TypeVar("Said")


def in_each_language(say: Callable[[], Said]) -> dict[str, Said]:
    """What `say` gives in each language, by the language's code."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = say()
    return found


def lazily(text: Any, /, **values: Any) -> Any:
    """A lazy text with its values put in: in the language of whoever reads it, where `text % values` has that of now."""
    return lazy(lambda: str(text) % values, str)()
