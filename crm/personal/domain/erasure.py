"""Erasing personal data: in the records, in what the trail remembers of them, and in what belongs to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.events import records_changed, records_erased
from crm.extension_points import PersonalData
from crm.personal.domain.finding import Found, keys_of, with_dependents
from crm.personal.models import PersonalDataEntry
from crm.personal.models.entry import MANAGE, Deed
from crm.personal.register import blank_values, label_of, model_of, recorded_fields, recorded_states
from crm.records.domain.trail import erase_from_trail


@dataclass(frozen=True)
class Planned:
    """What an erasure would do to one kind: how many records, how many recorded states; and why some of them are kept."""

    kind: PersonalData
    label: str
    records: int
    states: int
    kept: list[str]


def plan_erasure(found: Sequence[Found]) -> list[Planned]:
    """What would be erased, without doing it."""
    out = []
    for entry in with_dependents(found):
        states = recorded_states(model_of(entry.kind), [record.pk for record in entry.records])
        kept = [reason for record in entry.records if (reason := entry.kind.keeps(record))]
        count = states.count() if states is not None else 0
        out.append(Planned(entry.kind, label_of(entry.kind), len(entry.records), count, kept))
    return out


def erase_person(*, found: Sequence[Found], requested_by: str, reason: str, actor: Any) -> PersonalDataEntry:
    """Erase the data in these records for good; the log keeps who asked, why, and the keys.

    Raises NotAllowed without the right, DomainError when nothing is chosen, somebody asking or a reason is missing, or one of the
    records must be kept as it is; then nothing is erased.
    """
    if not actor.has_perm(MANAGE):
        raise NotAllowed(_("You may not erase personal data."))
    if not requested_by.strip():
        raise DomainError(_("Say who asked for it."), field="requested_by")
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    if not found:
        raise DomainError(_("Nothing is chosen."))
    with transaction.atomic():
        whole = with_dependents(locked(found))
        for entry in whole:
            for record in entry.records:
                if kept := entry.kind.keeps(record):
                    raise DomainError(kept)
        rows = sum(erase_records(entry.kind, entry.records, reason=reason, actor=actor) for entry in whole)
        return PersonalDataEntry.objects.create(
            deed=Deed.ERASED, actor=actor, records=keys_of(whole), rows=rows, requested_by=requested_by, reason=reason
        )


def locked(found: Iterable[Found]) -> list[Found]:
    """The records as they are now, held until the transaction ends."""
    out = []
    for entry in found:
        keys = [record.pk for record in entry.records]
        rows = model_of(entry.kind)._base_manager.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
        out.append(Found(entry.kind, list(rows)))
    return out


def erase_records(kind: PersonalData, records: Sequence[Any], *, reason: str, actor: Any = None) -> int:
    """Empty the fields of these records and of their past states, in the caller's transaction; returns how many records."""
    model = model_of(kind)
    names = {field.name for field in model._meta.concrete_fields}
    for record in records:
        values = blank_values(kind, record)
        for name, value in values.items():
            setattr(record, name, value)
        more: dict[str, Any] = {}
        if kind.search_text is not None:
            more["search_text"] = kind.search_text(record)
        if "version" in names:
            more |= {"version": F("version") + 1, "updated_at": timezone.now()}
        model._base_manager.filter(pk=record.pk).update(**values, **more)
    keys = [record.pk for record in records]
    records_erased.send(label=model._meta.label_lower, keys=keys)
    records_changed.send(label=model._meta.label_lower, keys=keys)
    if fields := recorded_fields(kind):
        erase_from_trail(kind=model._meta.label_lower, records=keys, fields=fields, reason=reason, actor=actor)
    return len(records)
