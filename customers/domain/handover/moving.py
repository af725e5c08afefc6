"""What is open with customers goes to their new owner: the same code for packs, transfers, claims and the pool."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from crm.models import User
from customers.extension_points import HandoverItem, handover_items


def move_open(keys: Sequence[int], *, source: User, target: User, actor: User) -> dict[int, dict[str, int]]:
    """Give what `source` has open with these customers to `target`, in the caller's transaction.

    Returns how many of each kind of each customer. What others own with these customers stays theirs, and so does what is
    closed: past figures do not move.
    """
    moved: dict[int, dict[str, int]] = defaultdict(dict)
    if source.pk == target.pk or not keys:
        return moved
    for item in handover_items.all():
        for key, count in item.move(keys=list(keys), source=source, target=target, actor=actor).items():
            moved[key][item.key] = count
    return moved


def open_with(keys: Sequence[int], owner: User) -> list[tuple[HandoverItem, Mapping[int, int]]]:
    """How many records of each kind the owner has open with these customers; one query for each kind."""
    return [(item, item.count(list(keys), owner)) for item in handover_items.all()]
