"""Configure the sales processes: the stages of the funnel, and which of them the opportunities of a product line go through.

An opportunity keeps the stage's probability and standard days, and its path, as they were when it came into its stage.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import ProductLine, User
from opportunities.enums import StageCategory
from opportunities.models import Opportunity, OpportunityStageChange, ProcessLine, ProcessStage, SalesProcess, Stage
from opportunities.paths import Terms

CODE_LENGTH = 30


def add_stage(*, actor: User, name: str, name_en: str, terms: Terms, after: Stage | None) -> Stage:
    """A further open stage behind `after`, or before all others. It is on the path of all product lines without a process."""
    with transaction.atomic():
        stages = list(Stage._base_manager.select_for_update().order_by("position", "pk"))
        place = 1 + next((at for at, stage in enumerate(stages) if after is not None and stage.pk == after.pk), -1)
        stage = Stage(
            code=_new_code(Stage, name_en or name),
            name=name,
            name_en=name_en,
            position=place + 1,
            probability=terms.probability,
            standard_days=terms.standard_days,
        )
        for position, later in enumerate(stages[place:], place + 2):
            if later.position != position:
                Stage._base_manager.filter(pk=later.pk).update(position=position)
        create_record(stage)
    return stage


def update_stage(*, instance: Stage, expected_version: int | None, actor: User, **values: Any) -> Stage:
    """Rename a stage, or say anew how likely the win is and how long it may take. Raises StaleVersion."""
    for name, value in values.items():
        setattr(instance, name, value)
    return save_record(instance, expected_version=expected_version, fields=list(values))


def remove_stage(*, instance: Stage, actor: User) -> None:
    """Take a stage away in which no opportunity ever was. Raises DomainError for one that the history speaks of, or the last."""
    with transaction.atomic():
        stage = lock_row(Stage._base_manager.all(), instance.pk)
        used = Opportunity._base_manager.filter(stage=stage).exists()
        if used or OpportunityStageChange.objects.filter(target=stage).exists():
            raise DomainError(
                _(
                    "Opportunities were in this stage: it stays in their history. Leave it out of the sales processes instead."
                )
            )
        if stage.category != StageCategory.OPEN or Stage._base_manager.filter(category=StageCategory.OPEN).count() == 1:
            raise DomainError(_("The funnel needs this stage."))
        ProcessStage._base_manager.filter(stage=stage).delete()
        stage.delete()


def save_process(
    *,
    instance: SalesProcess | None,
    expected_version: int | None = None,
    actor: User,
    name: str,
    name_en: str,
    lines: Collection[ProductLine],
    stages: Mapping[int, Terms],
) -> SalesProcess:
    """A sales process as it is from now on: `stages` by their keys. Raises DomainError when it has no stage, no product line, or
    one that another process has; StaleVersion."""
    keys = set(Stage._base_manager.filter(category=StageCategory.OPEN).values_list("pk", flat=True))
    if not stages or not stages.keys() <= keys:
        raise DomainError(_("Choose the stages that the process goes through."))
    if not lines:
        raise DomainError(_("Choose the product lines that the process is for."), field="lines")
    with transaction.atomic():
        process = instance or SalesProcess(code=_new_code(SalesProcess, name_en or name))
        process.name, process.name_en = name, name_en
        if instance is None:
            create_record(process)
        else:
            save_record(process, expected_version=expected_version, fields=["name", "name_en"])
        _set_lines(process, lines)
        _set_stages(process, stages)
    return process


def remove_process(*, instance: SalesProcess, expected_version: int, actor: User) -> None:
    """Its product lines take all stages again, opportunities that stand in one from the next move on. Raises StaleVersion."""
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=["name"])
        instance.delete()


def _set_lines(process: SalesProcess, lines: Collection[ProductLine]) -> None:
    taken = ProcessLine.objects.filter(product_line__in=lines).exclude(process=process).select_related("process")
    if other := taken.select_related("product_line").first():
        message = _("“%(line)s” has the process “%(process)s” already.")
        raise DomainError(message % {"line": other.product_line, "process": other.process}, field="lines")
    ProcessLine.objects.filter(process=process).exclude(product_line__in=lines).delete()
    known = set(ProcessLine.objects.filter(process=process).values_list("product_line", flat=True))
    for line in lines:
        if line.pk not in known:
            create_record(ProcessLine(process=process, product_line=line))


def _set_stages(process: SalesProcess, stages: Mapping[int, Terms]) -> None:
    """End the rows that say something else, begin those that are new."""
    now = timezone.now()
    for row in ProcessStage.objects.filter(process=process, valid_until=None).select_for_update():
        wanted = stages.get(row.stage_id)
        if wanted == Terms(row.probability, row.standard_days):
            stages = {key: terms for key, terms in stages.items() if key != row.stage_id}
        else:
            ProcessStage.objects.filter(pk=row.pk).update(valid_until=now)
    for key, terms in stages.items():
        create_record(
            ProcessStage(
                process=process,
                stage_id=key,
                probability=terms.probability,
                standard_days=terms.standard_days,
                valid_from=now,
            )
        )


def _new_code(model: type[Stage] | type[SalesProcess], name: str) -> str:
    """A code that no other row has."""
    base = (slugify(name).replace("-", "_") or model._meta.model_name or "")[: CODE_LENGTH - 4]
    taken = set(model._base_manager.values_list("code", flat=True))
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}_{number}"
    return code
