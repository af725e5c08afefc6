"""Make, publish and retire admission checklists, and find the one that counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import BusinessUnit, ProductLine, User
from crm.transitions import transition
from customers.enums import ChecklistState, QuestionKind
from customers.models import AdmissionChecklist, AdmissionItem

COPIED = ("name", "business_unit", "product_line", "valid_months")
ITEM_FIELDS = (
    "key",
    "position",
    "question",
    "question_en",
    "kind",
    "choices",
    "required",
    "valid_months",
    "asked",
)


def create_checklist(*, actor: User, **values: Any) -> AdmissionChecklist:
    """A draft without questions. Raises DomainError on "product_line" for a line of another business unit."""
    checklist = AdmissionChecklist(state_since=timezone.now(), **values)
    refuse_foreign_line(checklist.business_unit, checklist.product_line)
    with transaction.atomic():
        return create_record(checklist)


def update_checklist(
    *,
    instance: AdmissionChecklist,
    expected_version: int | None,
    actor: User,
    items: Sequence[Mapping[str, Any]] | None = None,
    **values: Any,
) -> AdmissionChecklist:
    """Change a draft; `items`, where given, take the place of its questions. Raises StaleVersion, and DomainError for one that
    is or was in force."""
    if instance.state != ChecklistState.DRAFT:
        raise DomainError(_("A checklist that is or was in force is not changed: make a new edition."))
    for name, value in values.items():
        setattr(instance, name, value)
    refuse_foreign_line(instance.business_unit, instance.product_line)
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=list(values))
        if items is not None:
            instance.items.all().delete()
            for item in items:
                create_record(AdmissionItem(checklist=instance, **item))
    return instance


def new_edition(*, checklist: AdmissionChecklist, actor: User) -> AdmissionChecklist:
    """A draft with everything the checklist has; published, it takes its place. The one there is when there is one."""
    with transaction.atomic():
        locked = lock_row(AdmissionChecklist.objects.all(), checklist.pk)
        there = AdmissionChecklist.objects.filter(replaces=locked, state=ChecklistState.DRAFT).first()
        if there is not None:
            return there  # type: ignore[no-any-return]
        draft = create_record(
            AdmissionChecklist(
                state_since=timezone.now(),
                edition=locked.edition + 1,
                replaces=locked,
                **{name: getattr(locked, name) for name in COPIED},
            )
        )
        for item in locked.items.all():
            create_record(AdmissionItem(checklist=draft, **{name: getattr(item, name) for name in ITEM_FIELDS}))
    return draft


def publish(*, checklist: AdmissionChecklist, actor: User) -> Any:
    """Put a draft into force; the edition it replaces is retired in the same moment. Raises DomainError when it asks nothing, or
    another one is in force there; TransitionError, StaleVersion."""
    items = list(checklist.items.all())
    if not items:
        raise DomainError(_("A checklist needs at least one question."))
    for item in items:
        if item.kind == QuestionKind.CHOICE and not item.choices:
            raise DomainError(_("“%(question)s” needs choices.") % {"question": item.label})
    with transaction.atomic():
        before = checklist.replaces
        if before is not None and before.state == ChecklistState.PUBLISHED:
            transition(before, ChecklistState.RETIRED, actor=actor)
        others = AdmissionChecklist.objects.filter(
            business_unit=checklist.business_unit, product_line=checklist.product_line, state=ChecklistState.PUBLISHED
        )
        if others.exists():
            message = _("Another checklist is in force there: take it out of force, or make its new edition.")
            raise DomainError(message)
        return transition(checklist, ChecklistState.PUBLISHED, actor=actor)


def retire(*, checklist: AdmissionChecklist, actor: User) -> Any:
    """Take it out of force, or give a draft up. Admissions that run keep it. Raises TransitionError, StaleVersion."""
    return transition(checklist, ChecklistState.RETIRED, actor=actor)


def checklist_for(business_unit: BusinessUnit, product_line: ProductLine | None) -> AdmissionChecklist | None:
    """The checklist in force for the product line, else the one for its business unit."""
    rows = AdmissionChecklist.objects.filter(business_unit=business_unit, state=ChecklistState.PUBLISHED)
    own = rows.filter(product_line=product_line).first() if product_line is not None else None
    found: AdmissionChecklist | None = own or rows.filter(product_line=None).first()
    return found


def refuse_foreign_line(business_unit: BusinessUnit, product_line: ProductLine | None) -> None:
    """Raise DomainError for a product line of another business unit."""
    if product_line is not None and product_line.business_unit_id != business_unit.pk:
        message = _("%(line)s belongs to another business unit.")
        raise DomainError(message % {"line": product_line.label}, field="product_line")
