"""Compare the rows of an imported sheet with the customers there are: new, changed, unchanged, duplicate, or wrong."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from crm.importing.enums import Outcome, RowStatus
from crm.importing.models import ImportRow
from crm.importing.rows import SheetRow
from crm.models import User
from crm.organisation.domain.placement import Placement, placement_of
from crm.records.extra import fields_of
from customers.domain.company_names import parse_name, sound_of
from customers.domain.grading.grades import may_set_grade
from customers.domain.import_drafts import CONTACT_KEYS, load_drafts
from customers.domain.import_parts import known_parents
from customers.domain.protected import held_fields
from customers.domain.recognition import Candidate, CompanyQuery, Verdict, judge, led_to_winners, same_sound
from customers.models import Customer

REQUIRED = ("name", "owner")
_SURE = (Verdict.CERTAIN, Verdict.LIKELY)


@dataclass(frozen=True)
class Known:
    """What identifies an existing customer; `visible` to the person who imports. `merged` is the winner's number when `code` and
    `credit_code` are those of a customer that was merged into it."""

    pk: int
    code: str
    credit_code: str
    name: str
    visible: bool
    merged: str = ""


@dataclass(frozen=True)
class Namesake:
    """An existing customer that a row's name stands for; not `certain`: only probably, so that nothing is laid over it."""

    known: Known
    certain: bool


class CustomerJudge:
    """See crm.importing.resources.Judge. Holds what earlier rows of the sheet had, so rows come in the sheet's order."""

    def __init__(self, actor: User, batch_id: int) -> None:
        self.actor = actor
        self.batch_id = batch_id
        self.held = held_fields(actor)
        self.may_change = actor.has_perm("customers.change_customer")
        self.may_grade = may_set_grade(actor)
        self.codes: dict[str, int] = {}
        self.credit_codes: dict[str, int] = {}
        self.names: dict[tuple[str, ...], int] = {}
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
        wanted = _identity(clean)
        names: Any = earlier.order_by("number").values_list("number", "clean__name") if wanted else earlier.none()
        for number, name in names.iterator(chunk_size=5000):
            if name and parse_name(name).identity == wanted:
                self.names.setdefault(wanted, number)
                break
        self._judge([row], in_sheet=True)

    # ---- the rules

    def _judge(self, rows: Sequence[SheetRow], *, in_sheet: bool) -> None:
        self._check_parents(rows)
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

    def _check_parents(self, rows: Sequence[SheetRow]) -> None:
        """The parent company is a customer in the person's reach."""
        known = known_parents((row.clean["parent"] for row in rows if row.clean.get("parent")), self.actor)
        for row in rows:
            if row.status != RowStatus.ERROR and row.clean.get("parent") and row.clean["parent"] not in known:
                row.fail("parent", "parent_unknown")

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
        by_name: dict[int, list[Namesake]],
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
        name = _identity(clean)
        if in_sheet and name in self.names:
            row.status, row.duplicate_of = RowStatus.DUPLICATE, self.names[name]
            row.note = {"kind": "name", "row": self.names[name]}
            return None
        if found := by_name.get(row.number):
            return self._stands_for(row, found)
        return self._is_new(row)

    @staticmethod
    def _stands_for(row: SheetRow, found: list[Namesake]) -> None:
        """The row is a duplicate of these; of one that is certain it may become an update."""
        first = found[0].known
        row.status = RowStatus.DUPLICATE
        row.target_id = first.pk if len(found) == 1 and found[0].certain else None
        row.note = {
            "kind": "name",
            "code": first.code,
            "count": len(found),
            "label": first.name if first.visible else "",
            "reach": first.visible,
        }
        if not found[0].certain:
            row.note |= {"similar": True, "count": 1}

    def _takes(self, row: SheetRow, existing: Known) -> None:
        """The row changes that customer, if the person may."""
        key = "code" if row.clean.get("code") else "credit_code"
        if not existing.visible:
            return row.fail(key, "not_yours", code=existing.code)
        if not self.may_change:
            return row.fail(key, "no_change", code=existing.code)
        row.target_id, row.status = existing.pk, RowStatus.CHANGED
        if existing.merged:
            row.note = {"kind": key, "merged": existing.merged, "label": existing.name}
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
        if name := _identity(row.clean):
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
            elif key := draft.protected_key(row.clean, self.held):
                row.fail(key, "protected", code=draft.customer.code)
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
        """Those that a row can mean; of a merged one the winner, under the number and credit code that the row has."""
        values = ("pk", "code", "credit_code", "name", "merged_into", "merged_into__code", "merged_into__name")
        rows = list(customers.order_by("pk").values_list(*values))
        visible = set(
            Customer.objects.visible_to(self.actor, write=True)
            .filter(pk__in=[winner or pk for pk, _code, _credit, _name, winner, *_rest in rows])
            .values_list("pk", flat=True)
        )
        return [
            Known(winner, code, credit, winner_name, winner in visible, winner_code)
            if winner
            else Known(pk, code, credit, name, pk in visible)
            for pk, code, credit, name, winner, winner_code, winner_name in rows
        ]

    def _named(self, rows: Sequence[SheetRow]) -> dict[int, list[Namesake]]:
        """The customers that these rows' names stand for, by the number of the row: found by sound, then scored one by one.

        When there is one that is certain, those that are not do not count. Customers that this import made are left out.
        """
        sounds = {row.number: sound_of(parse_name(row.clean.get("name", ""))) for row in rows}
        by_sound = same_sound(sounds.values())
        keys = {key for found in by_sound.values() for key in found}
        if not keys:
            return {}
        own = ImportRow.objects.filter(batch_id=self.batch_id, outcome=Outcome.CREATED, target_id__in=keys)
        keys -= set(own.values_list("target_id", flat=True))
        customers = Customer._base_manager.in_bulk(keys)
        found: dict[int, list[Candidate]] = {}
        for row in rows:
            clean = row.clean
            query = CompanyQuery(clean.get("name", ""), clean.get("credit_code", ""), place=clean.get("city", ""))
            heard = [customers[key] for key in by_sound.get(sounds[row.number], ()) if key in customers]
            alike = [one for customer in heard if (one := judge(query, customer)) and one.verdict in _SURE]
            judged = led_to_winners(alike)
            if judged:
                certain = [one for one in judged if one.verdict is Verdict.CERTAIN]
                found[row.number] = sorted(certain or judged, key=lambda one: (-one.score, one.customer.pk))
        meant = {one.customer.pk for candidates in found.values() for one in candidates}
        known = {one.pk: one for one in self._known(Customer._base_manager.filter(pk__in=meant))} if meant else {}
        return {
            number: [Namesake(known[one.customer.pk], one.verdict is Verdict.CERTAIN) for one in candidates]
            for number, candidates in found.items()
        }


def _identity(clean: dict[str, Any]) -> tuple[str, ...]:
    """What two rows with the same name have in common, however that is written; empty without a name."""
    name = parse_name(clean.get("name", ""))
    return name.identity if name.stem else ()


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
    yield CustomerJudge(actor, batch_id)
