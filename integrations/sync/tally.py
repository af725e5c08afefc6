"""Counts and control sums of a run."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from integrations.models import SyncRun


@dataclass
class Tally:
    """Rows handled: `read` = `written` + `unchanged` + `rejected`. Control sums are over the rows that were taken.

    `orders` are the numbers of the orders that the written documents name. `unread` are the properties for which all rows of a
    page were rejected, because their values cannot be read.
    """

    read: int = 0
    written: int = 0
    unchanged: int = 0
    rejected: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)
    orders: set[str] = field(default_factory=set)
    unread: str = ""

    def control(self, group: str, amount: Decimal) -> None:
        """Add a row to the control sums of its currency (or unit)."""
        self.counts[group] = self.counts.get(group, 0) + 1
        self.sums[group] = self.sums.get(group, Decimal(0)) + amount

    def merge(self, other: "Tally") -> None:
        """Add another tally, once its rows are safe."""
        self.read += other.read
        self.written += other.written
        self.unchanged += other.unchanged
        self.rejected += other.rejected
        for group, count in other.counts.items():
            self.counts[group] = self.counts.get(group, 0) + count
            self.sums[group] = self.sums.get(group, Decimal(0)) + other.sums[group]

    def control_sums(self) -> dict[str, dict[str, Any]]:
        """As JSON: count and sum per currency (or unit)."""
        return {group: {"count": self.counts[group], "sum": f"{self.sums[group]:f}"} for group in sorted(self.counts)}

    def store(self, run: SyncRun) -> None:
        """Put the counts on the run's row."""
        run.read, run.written, run.unchanged, run.rejected = self.read, self.written, self.unchanged, self.rejected
        run.control_sums = self.control_sums()
