"""Compare the rows of an imported sheet with the customers there are: new, changed, unchanged, duplicate, or wrong."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from crm.importing.enums import Outcome, RowStatus
from crm.importing.models import ImportRow
from crm.importing.rows import SheetRow
from crm.models import User
from crm.organisation.domain.placement import Placement, placement_of
from crm.records.extra import fields_of
from customers.domain.duplicates import normalised_name, same_name
from customers.domain.grading.grades import may_set_grade
from customers.domain.import_drafts import CONTACT_KEYS, load_drafts
from customers.models import Customer

REQUIRED = ("name", "owner")
_NAMES = "customer_import_names"
_PAGE = 20_000


@dataclass(frozen=True)
class Known:
    """What identifies an existing customer; `visible` to the person who imports."""

    pk: int
    code: str
    credit_code: str
    name: str
    visible: bool


class CustomerJudge:
    """See crm.importing.resources.Judge. Holds what earlier rows of the sheet had, so rows come in the sheet's order."""

    def __init__(self, actor: User, batch_id: int) -> None:
        self.actor = actor
        self.batch_id = batch_id
        self.may_change = actor.has_perm("customers.change_customer")
        self.may_grade = may_set_grade(actor)
        self.codes: dict[str, int] = {}
        self.credit_codes: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self._names_ready = False
        self._alone = False
        self._places: dict[int, Placement] = {}

    def judge(self, rows: Sequence[SheetRow]) -> None:
        """All rules."""
        self._judge(rows, in_sheet=True)

    def judge_again(self, rows: Sequence[SheetRow]) -> None:
        """At commit: what repeats an earlier row stays so, the others are compared with the customers of now."""
        again = [row for row in rows if row.duplicate_of is None]
        for row in again:
            row.status, row.target_id, row.note = RowStatus.NEW, None, {}
        self._judge(again, in_sheet=False)

    def judge_alone(self, row: SheetRow) -> None:
        """One row corrected by hand: the rows before it are those of the table."""
        self._alone = True
        clean = row.clean
        earlier = ImportRow.objects.filter(batch_id=self.batch_id, number__lt=row.number).exclude(
            status=RowStatus.ERROR
        )
        for key, seen in (("code", self.codes), ("credit_code", self.credit_codes)):
            if clean.get(key):
                first = (
                    earlier.filter(**{f"clean__{key}": clean[key]})
                    .order_by("number")
                    .values_list("number", flat=True)[:1]
                )
                seen.update((clean[key], number) for number in first)
        wanted = normalised_name(clean.get("name", ""))
        names: Any = earlier.order_by("number").values_list("number", "clean__name") if wanted else earlier.none()
        for number, name in names.iterator(chunk_size=5000):
            if name and normalised_name(name) == wanted:
                self.names.setdefault(wanted, number)
                break
        self._judge([row], in_sheet=True)

    # ---- the rules

    def _judge(self, rows: Sequence[SheetRow], *, in_sheet: bool) -> None:
        by_code, by_credit_code = self._identified(rows)
        sound = [row for row in rows if row.status != RowStatus.ERROR]
        by_name = self._named([row for row in sound if not self._existing(row, by_code, by_credit_code)])
        for row in rows:
            if row.status == RowStatus.ERROR:
                if self._existing(row, by_code, by_credit_code) is None:
                    require_new(row)
                continue
            if in_sheet and self._repeats(row):
                continue
            self._place_row(row, by_code, by_credit_code, by_name, in_sheet)
            if row.status != RowStatus.ERROR:
                self._remember(row)
        self._compare([row for row in rows if row.status == RowStatus.CHANGED])

    def _existing(self, row: SheetRow, by_code: dict[str, Known], by_credit_code: dict[str, Known]) -> Known | None:
        code, credit_code = row.clean.get("code"), row.clean.get("credit_code")
        if code:
            return by_code.get(code)
        return by_credit_code.get(credit_code) if credit_code else None

    def _repeats(self, row: SheetRow) -> bool:
        """Whether an earlier row has the same number or credit code."""
        for key, seen in (("code", self.codes), ("credit_code", self.credit_codes)):
            value = row.clean.get(key)
            if value and value in seen:
                row.status, row.duplicate_of, row.note = (
                    RowStatus.DUPLICATE,
                    seen[value],
                    {"kind": key, "row": seen[value]},
                )
                return True
        return False

    def _place_row(
        self,
        row: SheetRow,
        by_code: dict[str, Known],
        by_credit_code: dict[str, Known],
        by_name: dict[str, list[Known]],
        in_sheet: bool,
    ) -> None:
        clean = row.clean
        existing = self._existing(row, by_code, by_credit_code)
        if clean.get("code") and existing is None:
            return row.fail("code", "code_unknown")
        if existing is not None:
            holder = by_credit_code.get(clean.get("credit_code", ""))
            if holder is not None and holder.pk != existing.pk:
                return row.fail("credit_code", "credit_code_taken", code=holder.code)
            return self._takes(row, existing)
        name = normalised_name(clean.get("name", ""))
        if in_sheet and name in self.names:
            row.status, row.duplicate_of = RowStatus.DUPLICATE, self.names[name]
            row.note = {"kind": "name", "row": self.names[name]}
            return None
        if found := by_name.get(name):
            row.status = RowStatus.DUPLICATE
            row.target_id = found[0].pk if len(found) == 1 else None
            shown = found[0].name if found[0].visible else ""
            row.note = {
                "kind": "name",
                "code": found[0].code,
                "count": len(found),
                "label": shown,
                "reach": found[0].visible,
            }
            return None
        return self._is_new(row)

    def _takes(self, row: SheetRow, existing: Known) -> None:
        """The row changes that customer, if the person may."""
        key = "code" if row.clean.get("code") else "credit_code"
        if not existing.visible:
            return row.fail(key, "not_yours", code=existing.code)
        if not self.may_change:
            return row.fail(key, "no_change", code=existing.code)
        row.target_id, row.status = existing.pk, RowStatus.CHANGED
        self._check_owner(row)
        return None

    def _is_new(self, row: SheetRow) -> None:
        require_new(row)
        self._check_owner(row)
        if row.clean.get("grade") and not self.may_grade:
            row.fail("grade", "no_grade")

    def _check_owner(self, row: SheetRow) -> None:
        if row.clean.get("owner") and self.place(row.clean["owner"]).business_unit is None:
            row.fail("owner", "owner_nowhere")

    def place(self, owner_id: int) -> Placement:
        """Team and business unit of an owner today."""
        if owner_id not in self._places:
            self._places[owner_id] = placement_of(
                User.objects.select_related("business_unit").get(pk=owner_id), timezone.localdate()
            )
        return self._places[owner_id]

    def _remember(self, row: SheetRow) -> None:
        for key, seen in (("code", self.codes), ("credit_code", self.credit_codes)):
            if row.clean.get(key):
                seen.setdefault(row.clean[key], row.number)
        if name := normalised_name(row.clean.get("name", "")):
            self.names.setdefault(name, row.number)

    def _compare(self, rows: Sequence[SheetRow]) -> None:
        """Rows that say what is stored already change nothing."""
        drafts = load_drafts({row.target_id for row in rows if row.target_id}, place=self.place)
        for row in rows:
            draft = drafts.get(row.target_id or 0)
            if draft is None or draft.nameless_contact(row.clean):
                row.fail("contact_name" if draft else "code", "contact_nameless" if draft else "code_unknown")
            elif not self.may_grade and row.clean.get("grade", draft.customer.grade) != draft.customer.grade:
                row.fail("grade", "no_grade")
            elif not draft.apply(row.clean):
                row.status = RowStatus.UNCHANGED

    # ---- what there is

    def _identified(self, rows: Sequence[SheetRow]) -> tuple[dict[str, Known], dict[str, Known]]:
        """The customers with these numbers, and those with these credit codes."""
        codes = {row.clean["code"] for row in rows if row.clean.get("code")}
        credit_codes = {row.clean["credit_code"] for row in rows if row.clean.get("credit_code")}
        everyone = Customer._base_manager.all()
        found = self._known(everyone.filter(code__in=codes)) if codes else []
        # The second condition repeats the index's own, so that it is used for long lists too.
        coded = everyone.filter(credit_code__in=credit_codes).exclude(credit_code="")
        also = self._known(coded) if credit_codes else []
        return {known.code: known for known in found}, {known.credit_code: known for known in also}

    def _known(self, customers: Any) -> list[Known]:
        rows = list(customers.order_by("pk").values_list("pk", "code", "credit_code", "name"))
        visible = set(
            Customer.objects.visible_to(self.actor, write=True)
            .filter(pk__in=[row[0] for row in rows])
            .values_list("pk", flat=True)
        )
        return [Known(pk, code, credit, name, pk in visible) for pk, code, credit, name in rows]

    def _named(self, rows: Sequence[SheetRow]) -> dict[str, list[Known]]:
        """The customers with these rows' names, however they are written."""
        names = {row.number: normalised_name(row.clean.get("name", "")) for row in rows}
        wanted = sorted({name for name in names.values() if name})
        if not wanted:
            return {}
        if self._alone:
            other = same_name(rows[0].clean["name"])
            keys = {other.pk: wanted[0]} if other else {}
        else:
            self._load_names()
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT id, name FROM {_NAMES} WHERE name = ANY(%s)", [wanted])  # noqa: S608 -- our name
                keys = dict(cursor.fetchall())
        found: dict[str, list[Known]] = defaultdict(list)
        if keys:
            for known in self._known(Customer._base_manager.filter(pk__in=keys)):
                found[keys[known.pk]].append(known)
        return found

    def _load_names(self) -> None:
        """The names of all customers in the form they are compared in, but for those that this import made itself."""
        if self._names_ready:
            return
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {_NAMES}")
            cursor.execute(f"CREATE TEMPORARY TABLE {_NAMES} (id bigint, name text)")
            for page in self._pages_of_names():
                with cursor.copy(f"COPY {_NAMES} FROM STDIN") as copy:
                    for pk, name in page:
                        copy.write_row((pk, normalised_name(name)))
            cursor.execute(f"CREATE INDEX ON {_NAMES} USING hash (name)")
            cursor.execute(f"ANALYZE {_NAMES}")
        self._names_ready = True

    def _pages_of_names(self) -> Iterator[list[tuple[int, str]]]:
        """Ids and names, some thousand at a time."""
        own = ImportRow.objects.filter(batch_id=self.batch_id, outcome=Outcome.CREATED).values("target_id")
        everyone = Customer._base_manager.exclude(pk__in=own).order_by("pk").values_list("pk", "name")
        last = 0
        while page := list(everyone.filter(pk__gt=last)[:_PAGE]):
            yield page
            last = page[-1][0]

    def close(self) -> None:
        """Drop the temporary names."""
        if self._names_ready:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS {_NAMES}")


def require_new(row: SheetRow) -> None:
    """What a new customer must have."""
    wrong = {error["key"] for error in row.errors}
    extra = [field.form_name for field in fields_of(Customer) if field.required]
    for key in (*REQUIRED, *extra):
        if row.clean.get(key) in (None, "", []) and key not in wrong:
            row.fail(key, "required")
    if (
        not row.clean.get("contact_name")
        and "contact_name" not in wrong
        and any(row.clean.get(key) for key in CONTACT_KEYS)
    ):
        row.fail("contact_name", "contact_nameless")


@contextmanager
def judging(*, actor: User, batch_id: int) -> Iterator[CustomerJudge]:
    """A judge for one check or commit."""
    judge = CustomerJudge(actor, batch_id)
    yield judge
    judge.close()
