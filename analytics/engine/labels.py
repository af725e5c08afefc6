"""Names of the members of a dimension."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from analytics.dimensions import UNASSIGNED, dimension, member_rows


def labels_of(key: str, members: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Label and code of each member; a member that is gone keeps its number."""
    ids = set(members)
    dim = dimension(key)
    labels: dict[int, tuple[str, str]] = {member: (f"#{member}", "") for member in ids}
    if dim.choices:
        labels |= {n: (str(label), _code(dim.choices, n)) for n, label in dim.choice_labels().items() if n in ids}
    else:
        for row in member_rows(dim, [member for member in ids if member != UNASSIGNED]):
            labels[row.pk] = (str(row), getattr(row, "code", "") or getattr(row, "username", ""))
    if UNASSIGNED in ids:
        labels[UNASSIGNED] = (_("not assigned"), "")
    return labels


def _code(choices: dict[str, int], number: int) -> str:
    return next(value for value, n in choices.items() if n == number)
