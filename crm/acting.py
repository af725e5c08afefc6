"""Who does it, what for: the facts that the audit trail keeps beside every change made while they are in force.

A page's request, a background task and a domain function each add theirs: user, address, request, task, job, verb, reason.
The database keeps one row for each combination (`_pgh_attach_context`), so a later fact never changes what was written before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import connection

CARRIED = ("user", "address", "request")  # what a background task takes over from whoever started it


@contextmanager
def acting(**facts: Any) -> Iterator[None]:
    """Let these facts stand beside what is written in the block; afterwards those of before are in force again."""
    with pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.update(facts)
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)
            if not before and connection.in_atomic_block and not connection.needs_rollback:
                _forget()


def _forget() -> None:
    """The database keeps facts to the end of a transaction: one that goes on after the outermost block must not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")


def also_acting(**facts: Any) -> None:
    """Add facts for the rest of the block one is in; nothing outside any."""
    pghistory.context(**facts)


def carried_facts() -> dict[str, Any]:
    """The facts in force that a background task, started now, goes on under."""
    with pghistory.context() as context:
        return {name: context.metadata[name] for name in CARRIED if context.metadata.get(name)}
