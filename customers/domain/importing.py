"""The fast writer of imported customers: a chunk of judged rows becomes set-based statements in the caller's transaction."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from crm.importing.domain.bulk import insert_many, update_many
from crm.importing.enums import OnDuplicate, Outcome, RowStatus
from crm.importing.models import ImportBatch, ImportRow
from crm.importing.rows import SheetRow
from crm.models import User
from crm.records.domain.numbers import record_numbers
from customers.domain.contact import search_text as contact_search_text
from customers.domain.customer import search_text
from customers.domain.import_drafts import WRITTEN, Draft, load_drafts, new_draft
from customers.domain.import_judging import CustomerJudge, require_new
from customers.domain.recognition_keys import remember_keys, remember_new_keys
from customers.models import Contact, Customer, CustomerFigures


def write_customers(rows: Sequence[SheetRow], *, actor: User, batch_id: int, on_duplicate: str) -> None:
    """Create and change the customers of these rows and set each row's outcome and target_id. Inside a transaction.

    Rows come in the sheet's order; a later row for the same customer is laid over an earlier one, and the customer is written
    once. Raises IntegrityError when somebody else took a credit code since the rows were judged.
    """
    chunk = _Chunk(rows, actor=actor, batch_id=batch_id, on_duplicate=on_duplicate)
    for row in rows:
        chunk.take(row)
    chunk.write()


class _Chunk:
    """The drafts of one chunk: those of stored customers by id, those of new ones by the row that makes them."""

    def __init__(self, rows: Sequence[SheetRow], *, actor: User, batch_id: int, on_duplicate: str) -> None:
        self.actor = actor
        self.on_duplicate = on_duplicate
        self.judge = CustomerJudge(actor, batch_id)
        counts = ImportBatch.objects.values_list("counts", flat=True).get(pk=batch_id)
        self.checked_at = parse_datetime(counts.get("checked_at", ""))
        self.earlier = self._earlier(rows, batch_id)
        ids = {row.target_id for row in rows if row.target_id} | {pk for pk in self.earlier.values() if pk}
        visible = Customer.objects.visible_to(actor, write=True).filter(pk__in=ids).values_list("pk", flat=True)
        self.stored = load_drafts(visible, place=self.judge.place, lock=True)
        self.new: dict[int, Draft] = {}
        self.made_by: list[tuple[SheetRow, Draft]] = []

    @staticmethod
    def _earlier(rows: Sequence[SheetRow], batch_id: int) -> dict[int, int | None]:
        """The customers that repeated rows of earlier chunks ended at."""
        numbers = {row.duplicate_of for row in rows if row.duplicate_of} - {row.number for row in rows}
        found = ImportRow.objects.filter(batch_id=batch_id, number__in=numbers).exclude(outcome=Outcome.REJECTED)
        return dict(found.values_list("number", "target_id"))

    def take(self, row: SheetRow) -> None:
        """Decide what becomes of a row and lay its values over the draft it belongs to."""
        if row.status == RowStatus.DUPLICATE:
            self._take_duplicate(row)
        elif row.status == RowStatus.NEW:
            self._make(row)
        else:
            self._change(row, self.stored.get(row.target_id or 0))

    def _take_duplicate(self, row: SheetRow) -> None:
        if self.on_duplicate == OnDuplicate.SKIP:
            row.outcome = Outcome.SKIPPED
            return
        if self.on_duplicate == OnDuplicate.CREATE:
            if row.note.get("kind") != "name":
                self._reject(row, str(row.note.get("kind")), "repeats_row", row=row.duplicate_of)
                return
            require_new(row)
            if row.status == RowStatus.ERROR:
                row.outcome = Outcome.REJECTED
            else:
                self._make(row)
            return
        self._update_duplicate(row)

    def _update_duplicate(self, row: SheetRow) -> None:
        if row.duplicate_of is not None:
            draft = self._draft_of_row(row.duplicate_of)
            if draft is None and self.earlier.get(row.duplicate_of):
                self._reject(row, "name", "not_yours", code="")
            else:
                self._change(row, draft, key="name")
        elif row.note.get("similar"):
            self._reject(row, "name", "name_similar", code=row.note.get("code", ""))
        elif row.target_id is None:
            self._reject(row, "name", "name_ambiguous", count=row.note.get("count", 2))
        elif row.target_id not in self.stored or not self.judge.may_change:
            self._reject(row, "name", "not_yours", code=row.note.get("code", ""))
        else:
            self._change(row, self.stored[row.target_id])

    def _draft_of_row(self, number: int) -> Draft | None:
        """The draft that an earlier row of the sheet ended at."""
        if number in self.new:
            return self.new[number]
        return self.stored.get(self.earlier.get(number) or 0)

    def _make(self, row: SheetRow) -> None:
        draft = new_draft(row.clean, place=self.judge.place)
        self.new[row.number] = draft
        self.made_by.append((row, draft))
        row.outcome = Outcome.CREATED

    def _change(self, row: SheetRow, draft: Draft | None, *, key: str = "code") -> None:
        if draft is None:
            self._reject(row, key, "earlier_row_rejected" if row.duplicate_of else "code_unknown", row=row.duplicate_of)
            return
        if self._changed_since_check(draft, row):
            self._reject(row, key, "changed_since_check", code=draft.customer.code)
            return
        if draft.nameless_contact(row.clean):
            self._reject(row, "contact_name", "contact_nameless")
            return
        differs = draft.apply(row.clean)
        row.outcome = Outcome.UPDATED if differs else Outcome.UNCHANGED
        row.target_id = draft.customer.pk
        if draft.customer.pk is None:
            self.made_by.append((row, draft))
        else:
            self.earlier[row.number] = draft.customer.pk
        if row.duplicate_of in self.new:
            self.new[row.number] = draft

    def _changed_since_check(self, draft: Draft, row: SheetRow) -> bool:
        """Whether somebody changed the customer after the importing person saw the check, and the row would change it too."""
        customer = draft.customer
        if self.checked_at is None or customer.pk is None or draft.changed or row.duplicate_of is not None:
            return False
        if not customer.created_at <= self.checked_at < customer.updated_at:
            return False
        trial = Draft(copy(customer), [copy(contact) for contact in draft.contacts], place=draft.place)
        return trial.apply(row.clean)

    def _reject(self, row: SheetRow, key: str, code: str, /, **params: Any) -> None:
        row.fail(key, code, **params)
        row.outcome = Outcome.REJECTED

    def write(self) -> None:
        """Numbers, search text, and four statements: insert and update of customers and of contacts."""
        created = list({id(draft): draft for _row, draft in self.made_by}.values())
        numbers = record_numbers("customer", [draft.customer for draft in created])
        for draft, number in zip(created, numbers, strict=True):
            draft.customer.code = number
        changed = [draft for draft in self.stored.values() if draft.changed]
        for draft in (*created, *changed):
            draft.customer.search_text = search_text(draft.customer)
        insert_many([draft.customer for draft in created])
        update_many([draft.customer for draft in changed], WRITTEN)
        remember_new_keys([draft.customer for draft in created])
        remember_keys([draft.customer for draft in changed])
        self._write_contacts([*created, *self.stored.values()])
        now = timezone.now()
        insert_many([CustomerFigures(customer=draft.customer, refreshed_at=now) for draft in created])
        for row, draft in self.made_by:
            row.target_id = draft.customer.pk

    @staticmethod
    def _write_contacts(drafts: Sequence[Draft]) -> None:
        changed: list[Contact] = []
        for draft in drafts:
            for contact in draft.changed_contacts.values():
                contact.customer = draft.customer
                contact.search_text = contact_search_text(contact)
                changed.append(contact)
        stored = [contact for contact in changed if contact.pk is not None]
        insert_many([contact for contact in changed if contact.pk is None])
        update_many(stored, ("title", "phone", "email", "search_text"))
