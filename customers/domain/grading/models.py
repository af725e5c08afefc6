"""Make, publish and retire scoring models. One in force is never changed: a change is a new edition."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import again_after_deadlock, create_record, readable, save_record
from crm.errors import DomainError, NotAllowed
from crm.formats import plain_number
from crm.locks import lock_row
from crm.models import User
from crm.transitions import transition
from customers.enums import GradingState, RunState
from customers.models import GradeRun, GradingCriterion, GradingModel, GradingVeto
from customers.models.grading import hidden_from

COPIED = ("name", "business_unit", "valid_until", "s_from", "a_from", "b_from", "c_from", "hysteresis", "new_months")
CRITERION = ("measure", "weight", "starts", "points", "missing_points", "is_potential")
VETO = ("measure", "side", "bound", "cap", "reason")
WHOLE = Decimal(100)


def create_model(*, actor: User, **values: Any) -> GradingModel:
    """A draft without criteria."""
    with transaction.atomic():
        return create_record(GradingModel(state_since=timezone.now(), **values))


def update_model(
    *,
    instance: GradingModel,
    expected_version: int | None,
    actor: User,
    criteria: Sequence[Mapping[str, Any]] | None = None,
    vetoes: Sequence[Mapping[str, Any]] | None = None,
    **values: Any,
) -> GradingModel:
    """Change a draft; `criteria` and `vetoes`, where given, take the place of those it has. Its preview is thrown away.

    Raises StaleVersion, and DomainError for a model that is or was in force: make a new edition of that one; NotAllowed for one
    that counts costs, without the right to see these.
    """
    refuse_costs(instance, actor, criteria or (), vetoes or ())
    if instance.state != GradingState.DRAFT:
        raise DomainError(_("A model that is or was in force is not changed: make a new edition."))
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=list(values))
        if not GradingModel.objects.filter(pk=instance.pk, state=GradingState.DRAFT).exists():
            raise DomainError(_("A model that is or was in force is not changed: make a new edition."))
        drop_preview(instance)
        if criteria is not None:
            instance.criteria.all().delete()
            for position, criterion in enumerate(criteria, start=1):
                create_record(GradingCriterion(model=instance, position=position, **criterion))
        if vetoes is not None:
            instance.vetoes.all().delete()
            for veto in vetoes:
                create_record(GradingVeto(model=instance, **veto))
    return instance


def refuse_costs(model: GradingModel, actor: User, *more: Sequence[Mapping[str, Any]]) -> None:
    """Raise NotAllowed when the model has, or shall have, a figure that the actor may not see: its bounds and the points that
    they give would tell it."""
    stored: list[Any] = [*model.criteria.all(), *model.vetoes.all()]
    keys = {part.measure for part in stored}
    keys |= {part["measure"] for parts in more for part in parts}
    if any(hidden_from(key, actor) for key in keys):
        raise NotAllowed(_("This model counts what is worked out from costs: whoever may see costs changes it."))


def drop_preview(model: GradingModel) -> None:
    """Throw away what was computed to see what the model would do."""
    GradeRun.objects.filter(model=model, state=RunState.PREVIEW).delete()


def new_edition(*, model: GradingModel, actor: User) -> GradingModel:
    """A draft with everything the model has; published, it takes the model's place. The one there is when there is one."""
    with transaction.atomic():
        locked = lock_row(GradingModel.objects.all(), model.pk)
        there = GradingModel.objects.filter(replaces=locked, state=GradingState.DRAFT).first()
        if there is not None:
            return there
        draft = create_record(
            GradingModel(
                state_since=timezone.now(),
                valid_from=max(timezone.localdate(), locked.valid_from + dt.timedelta(days=1)),
                edition=locked.edition + 1,
                replaces=locked,
                **{name: getattr(locked, name) for name in COPIED if name != "valid_until"},
            )
        )
        for criterion in locked.criteria.all():
            kept = {name: getattr(criterion, name) for name in CRITERION}
            create_record(GradingCriterion(model=draft, position=criterion.position, **kept))
        for veto in locked.vetoes.all():
            create_record(GradingVeto(model=draft, **{name: getattr(veto, name) for name in VETO}))
    return draft


def check_model(criteria: Sequence[Any]) -> None:
    """Raise DomainError when a model of these criteria cannot be put into force."""
    if not criteria:
        raise DomainError(_("A model needs criteria: choose at least one figure."))
    total = sum((criterion.weight for criterion in criteria), Decimal(0))
    if total != WHOLE:
        raise DomainError(_("The weights add up to %(sum)s %%, not to 100 %%.") % {"sum": plain_number(total)})
    for criterion in criteria:
        if criterion.declared is None:
            raise DomainError(_("The figure “%(key)s” is measured no longer.") % {"key": criterion.measure})


def publish(*, model: GradingModel, actor: User) -> Any:
    """Put a draft into force. The edition it replaces ends the day before; it is retired when it would have no day left.

    Raises DomainError when the model is not complete or another one is in force on these days; TransitionError, StaleVersion.
    """
    with transaction.atomic():
        locked = lock_row(GradingModel.objects.all(), model.pk)
        check_model(list(locked.criteria.all()))
        if locked.replaces_id is not None:
            _end_before(lock_row(GradingModel.objects.all(), locked.replaces_id), locked.valid_from, actor)
        other = _overlapping(locked)
        if other is not None:
            message = _(
                "“%(name)s” is in force for the same unit on these days: end it first, or make a new edition of it."
            )
            raise DomainError(message % {"name": other})
        drop_preview(locked)
        try:
            return again_after_deadlock(lambda: transition(model, GradingState.IN_FORCE, actor=actor))
        except IntegrityError as error:  # somebody else was quicker
            raise readable(model, error) from error


def _end_before(before: GradingModel, day: dt.date, actor: User) -> None:
    if before.state != GradingState.IN_FORCE:
        return
    if before.valid_from >= day:
        transition(before, GradingState.RETIRED, actor=actor)
    elif before.valid_until is None or before.valid_until >= day:
        before.valid_until = day - dt.timedelta(days=1)
        save_record(before, expected_version=before.version, fields=["valid_until"])


def _overlapping(model: GradingModel) -> GradingModel | None:
    """Another model in force for the same unit on a day of this one."""
    begins = Q(valid_until__isnull=True) | Q(valid_until__gte=model.valid_from)
    rows = GradingModel.objects.filter(begins, state=GradingState.IN_FORCE, business_unit=model.business_unit_id)
    if model.valid_until is not None:
        rows = rows.filter(valid_from__lte=model.valid_until)
    return rows.exclude(pk=model.pk).first()


def retire(*, model: GradingModel, actor: User) -> Any:
    """Take it out of force, or give a draft up. Reviews that it made stay. Raises TransitionError, StaleVersion."""
    with transaction.atomic():
        drop_preview(model)
        return transition(model, GradingState.RETIRED, actor=actor)
