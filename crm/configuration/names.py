"""What several of these modules name."""

from typing import Any

from crm.extension_points import extra_kinds

SPACE = "configuration"


def kind_choices() -> list[tuple[str, Any]]:
    """The kinds of record that can have extra fields."""
    return [(kind.key, kind.label) for kind in extra_kinds.all()]


def kind_label(record: str) -> str:
    """A kind of record in words; its key when no app has it any more."""
    return str(dict(kind_choices()).get(record, record))
