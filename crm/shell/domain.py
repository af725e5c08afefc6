"""What a user may change about the way the pages look to them."""

from typing import Any


def set_preferences(*, user: Any, language: str | None = None, theme: str | None = None) -> None:
    """Store the language and the theme of a user; None leaves one as it is. The values are checked by the caller."""
    changed = {name: value for name, value in (("language", language), ("theme", theme)) if value is not None}
    changed = {name: value for name, value in changed.items() if getattr(user, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(user, name, value)
    user.save(update_fields=[*changed, "updated_at"])
