"""Sheets whose rows find their record by a key: compared and written through the domain functions of the record.

For reference data of some thousand rows; customers have a writer of their own.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models import Model

from crm.base.guarding import may_see
from crm.errors import DomainError
from crm.importing.enums import OnDuplicate, Outcome, RowStatus
from crm.importing.models import ImportRow
from crm.importing.rows import SheetRow

Key = tuple[Any, ...]


class KeyedJudge:
    """See crm.importing.resources.Judge. `resource` is a crm.importing.keyed.KeyedResource."""

    def __init__(self, resource: Any, actor: Any, batch_id: int) -> None:
        self.resource, self.actor, self.batch_id = resource, actor, batch_id
        self.may_change = actor.has_perm(resource.change_permission)
        self.hidden = hidden_columns(resource, actor)
        self.seen: dict[Key, int] = {}

    def judge(self, rows: Sequence[SheetRow]) -> None:
        """All rules."""
        self._judge(rows, in_sheet=True)

    def judge_again(self, rows: Sequence[SheetRow]) -> None:
        """At commit: what repeats an earlier row stays so, the others are compared with the records of now."""
        again = [row for row in rows if row.duplicate_of is None]
        for row in again:
            row.status, row.target_id, row.note = RowStatus.NEW, None, {}
        self._judge(again, in_sheet=False)

    def judge_alone(self, row: SheetRow) -> None:
        """One row corrected by hand: the rows before it are those of the table."""
        first = self.resource.keys[0]
        earlier = ImportRow.objects.filter(batch_id=self.batch_id, number__lt=row.number)
        same = earlier.exclude(status=RowStatus.ERROR).filter(**{f"clean__{first}": row.clean.get(first)})
        for number, clean in same.order_by("number").values_list("number", "clean"):
            self.seen.setdefault(self.resource.key_of_row(clean), number)
        self._judge([row], in_sheet=True)

    def _judge(self, rows: Sequence[SheetRow], *, in_sheet: bool) -> None:
        for row in rows:
            self._require(row, self.resource.key_columns())
        stored = self.resource.stored(rows)
        for row in rows:
            key = self.resource.key_of_row(row.clean)
            record = stored.get(key)
            if record is None:
                self._require(row, self.resource.required_columns())
            if row.status == RowStatus.ERROR:
                continue
            if in_sheet and key in self.seen:
                row.status, row.duplicate_of = RowStatus.DUPLICATE, self.seen[key]
                row.note = {"kind": self.resource.keys[0], "row": self.seen[key]}
                continue
            self._compare(row, record)
            if row.status != RowStatus.ERROR:
                self.seen.setdefault(key, row.number)

    def _require(self, row: SheetRow, keys: Sequence[str]) -> None:
        wrong = {error["key"] for error in row.errors}
        for key in keys:
            if row.clean.get(key) in (None, "") and key not in wrong:
                row.fail(key, "required")

    def _compare(self, row: SheetRow, record: Model | None) -> None:
        if record is not None and not self.may_change:
            row.fail(self.resource.keys[0], "no_right_to_change")
            return
        for key in self.hidden:
            if row.clean.get(key) not in (None, ""):
                row.fail(key, "no_right_to_set")
        if row.status == RowStatus.ERROR:
            return
        try:
            values = self.resource.values(row.clean, record)
        except DomainError as error:
            self.resource.refuse(row, error)
            return
        if record is not None:
            row.target_id = record.pk
            row.status = RowStatus.CHANGED if differs(record, values) else RowStatus.UNCHANGED


def hidden_columns(resource: Any, actor: Any) -> list[str]:
    """The columns of guarded fields that the person may not see, and so not set either."""
    return [key for key, (name, _convert) in resource.fields.items() if not may_see(resource.model, name, actor)]


def differs(record: Model, values: dict[str, Any]) -> bool:
    """Whether the record says anything else."""
    return any(getattr(record, name) != value for name, value in values.items())


@contextmanager
def judging(resource: Any, *, actor: Any, batch_id: int) -> Iterator[KeyedJudge]:
    """A judge for one check or commit."""
    yield KeyedJudge(resource, actor, batch_id)


def write_rows(resource: Any, rows: Sequence[SheetRow], *, actor: Any, on_duplicate: str) -> None:
    """Create and change the records of these rows and set each row's outcome. Inside a transaction; what a rule forbids is
    rejected row by row."""
    stored = resource.stored(rows)
    may_change = actor.has_perm(resource.change_permission)
    for row in rows:
        if row.status == RowStatus.DUPLICATE and on_duplicate != OnDuplicate.UPDATE:
            if on_duplicate == OnDuplicate.SKIP:
                row.outcome = Outcome.SKIPPED
            else:
                row.fail(resource.keys[0], "repeats_row", row=row.duplicate_of)
                row.outcome = Outcome.REJECTED
            continue
        key = resource.key_of_row(row.clean)
        record = stored.get(key)
        if record is not None and not may_change:
            row.fail(resource.keys[0], "no_right_to_change")
            row.outcome = Outcome.REJECTED
            continue
        try:
            stored[key], row.outcome = _written(resource, row.clean, record, actor)
            row.target_id = stored[key].pk
        except DomainError as error:
            resource.refuse(row, error)
            row.outcome = Outcome.REJECTED


def _written(resource: Any, clean: dict[str, Any], record: Any, actor: Any) -> tuple[Any, str]:
    values = resource.values(clean, record)
    if record is None:
        return resource.create(actor=actor, **values), Outcome.CREATED
    if not differs(record, values):
        return record, Outcome.UNCHANGED
    changed = resource.update(instance=record, expected_version=record.version, actor=actor, **values)
    return changed, Outcome.UPDATED
