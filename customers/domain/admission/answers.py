"""The answers of an admission: what is taken over from others, what is asked, what is missing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.models import User
from customers.enums import AdmissionState, Asked, QuestionKind
from customers.models import Admission, AdmissionAnswer, AdmissionItem
from customers.rules import months_later

SOURCES = (AdmissionState.ADMITTED, AdmissionState.EXPIRED)  # admissions whose answers were decided about


@dataclass(frozen=True)
class Line:
    """A question of an admission with its answer. `state`: "taken" (over from another admission), "answered", "expired",
    "confirm" (a value of before that is to be confirmed) or "open"."""

    item: AdmissionItem
    answer: AdmissionAnswer | None
    state: str

    @property
    def is_asked(self) -> bool:
        """Whether the form asks it: what was taken over stands as it is."""
        return self.state != "taken"

    @property
    def is_missing(self) -> bool:
        """Whether it keeps the admission from being submitted."""
        return self.item.required and self.state in ("open", "confirm", "expired")


def lines_of(admission: Admission, on: dt.date | None = None) -> list[Line]:
    """The questions in their order; two queries."""
    on = on or timezone.localdate()
    rows = admission.answers.select_related(
        "taken_from__admission__business_unit", "taken_from__admission__product_line", "evidence", "answered_by"
    )
    answers = {row.item_id: row for row in rows}
    items = AdmissionItem.objects.filter(checklist=admission.checklist_id).order_by("position", "pk")
    return [Line(item, answers.get(item.pk), _state(answers.get(item.pk), on)) for item in items]


def _state(answer: AdmissionAnswer | None, on: dt.date) -> str:
    if answer is None:
        return "open"
    if answer.answered_at is None:
        return "confirm"
    if answer.valid_until is not None and answer.valid_until < on:
        return "expired"
    return "taken" if answer.taken_from_id else "answered"


def missing(admission: Admission) -> list[Line]:
    """The required questions that have no answer that counts."""
    return [line for line in lines_of(admission) if line.is_missing]


def take_over(admission: Admission) -> int:
    """Begin with what is known: answers of other admissions of the customer, the newest of each question. A question asked once
    takes over an answer that is still valid; a renewal has the others as values to be confirmed. Returns how many are
    taken over."""
    today, taken = timezone.localdate(), 0
    known = _known(admission)
    renews = admission.follows_id is not None
    for item in AdmissionItem.objects.filter(checklist=admission.checklist_id).order_by("position", "pk"):
        answer = known.get(item.key)
        if answer is None or answer.item.kind != item.kind or not _fits(item, answer.value):
            continue
        valid = answer.valid_until is None or answer.valid_until >= today
        if item.asked == Asked.ONCE and valid:
            _copy(admission, item, answer, confirmed=True)
            taken += 1
        elif renews and answer.admission_id == admission.follows_id:
            _copy(admission, item, answer, confirmed=False)
    return taken


def _known(admission: Admission) -> dict[str, AdmissionAnswer]:
    """The newest answer of each question in admissions of the customer that were decided about."""
    rows = AdmissionAnswer._base_manager.filter(
        admission__customer=admission.customer_id, admission__state__in=SOURCES, answered_at__isnull=False
    ).exclude(admission=admission.pk)
    ordered = rows.select_related("item", "evidence").order_by("answered_at", "pk")
    return {row.item.key: row for row in ordered}


def _copy(admission: Admission, item: AdmissionItem, answer: AdmissionAnswer, *, confirmed: bool) -> None:
    create_record(
        AdmissionAnswer(
            admission=admission,
            item=item,
            value=answer.value,
            evidence=answer.evidence,
            valid_until=answer.valid_until if confirmed else None,
            answered_by=answer.answered_by,
            answered_at=answer.answered_at if confirmed else None,
            taken_from=(answer.taken_from or answer) if confirmed else None,
        )
    )


def answer_questions(
    *, admission: Admission, expected_version: int | None, actor: User, answers: Mapping[int, Mapping[str, Any]]
) -> Admission:
    """Keep answers, by the question's key: {"value": text, "valid_until": day or None, "evidence": attachment or None}. An empty
    one takes the answer away; evidence that is not named stays.

    Raises DomainError on "answer_<key>" for a value that is none of its kind, StaleVersion, and for one that is no draft.
    """
    if admission.state != AdmissionState.DRAFT:
        raise DomainError(_("Only a draft is answered: this admission was submitted already."))
    items = {item.pk: item for item in AdmissionItem.objects.filter(checklist=admission.checklist_id)}
    with transaction.atomic():
        saved = save_record(admission, expected_version=expected_version, fields=[])
        stored = {row.item_id: row for row in saved.answers.all()}
        for key, given in answers.items():
            _answer(saved, items[key], stored.get(key), given, actor)
    return saved


def _answer(
    admission: Admission, item: AdmissionItem, stored: AdmissionAnswer | None, given: Mapping[str, Any], actor: User
) -> None:
    value = str(given.get("value") or "").strip()
    evidence = given.get("evidence") or (stored.evidence if stored is not None else None)
    if item.kind == QuestionKind.DOCUMENT and evidence is not None and not value:
        value = evidence.name
    if not value:
        if stored is not None:
            stored.delete()
        return
    if not _fits(item, value):
        raise DomainError(_("“%(value)s” does not answer this question.") % {"value": value}, field=f"answer_{item.pk}")
    answer = stored or AdmissionAnswer(admission=admission, item=item)
    answer.value, answer.evidence = value, evidence
    answer.valid_until = given.get("valid_until") or _valid_until(item)
    answer.answered_by, answer.answered_at, answer.taken_from = actor, timezone.now(), None
    if stored is None:
        create_record(answer)
    else:
        fields = ["value", "evidence", "valid_until", "answered_by", "answered_at", "taken_from"]
        save_record(answer, expected_version=None, fields=fields)


def _valid_until(item: AdmissionItem) -> dt.date | None:
    return months_later(timezone.localdate(), item.valid_months) if item.valid_months else None


def _fits(item: AdmissionItem, value: str) -> bool:
    """Whether the value is one of the question's kind."""
    if item.kind == QuestionKind.YES_NO:
        return value in ("yes", "no")
    if item.kind == QuestionKind.CHOICE:
        return value in item.choices
    if item.kind == QuestionKind.DATE:
        try:
            return parse_date(value) is not None
        except ValueError:
            return False
    if item.kind == QuestionKind.NUMBER:
        try:
            return Decimal(value).is_finite()
        except InvalidOperation:
            return False
    return True


def evidence_missing(lines: Sequence[Line]) -> list[Line]:
    """Documents that are asked for and have no file."""
    return [
        line
        for line in lines
        if line.item.kind == QuestionKind.DOCUMENT
        and line.item.required
        and line.answer is not None
        and line.answer.evidence is None
    ]
