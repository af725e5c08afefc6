"""All that is held about a person in one archive: JSON for machines, a sheet for people. Written in the background."""

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.jobs import enqueue
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.personal.domain.finding import Found, keys_of, stored_records, with_dependents
from crm.personal.models import PersonalDataEntry
from crm.personal.models.entry import MANAGE, Deed
from crm.personal.register import label_of, model_of, recorded_fields, recorded_states, values_of
from crm.sheets import write_sheet
from crm.workflow.domain.jobs import begin_job, fail_job, finish_job, start_job

KEPT = dt.timedelta(days=7)


def export_person(*, found: Sequence[Found], requested_by: str, actor: Any) -> PersonalDataEntry:
    """Start to write what is held in these records and what belongs to them. Raises NotAllowed, DomainError for none."""
    entry = log_export(found=found, requested_by=requested_by, actor=actor)
    with transaction.atomic():
        entry.job = start_job(kind="personal_export", actor=actor, total=entry.rows)
        entry.save(update_fields=["job"])
        enqueue("crm.personal_export", entry_id=entry.pk)
    return entry


def log_export(*, found: Sequence[Found], requested_by: str, actor: Any) -> PersonalDataEntry:
    """Write down that it is exported. Raises NotAllowed without the right, DomainError when nothing is chosen."""
    if not actor.has_perm(MANAGE):
        raise NotAllowed(_("You may not export personal data."))
    if not found:
        raise DomainError(_("Nothing is chosen."))
    whole = with_dependents(found)
    rows = sum(len(part.records) for part in whole)
    return PersonalDataEntry.objects.create(
        deed=Deed.EXPORTED, actor=actor, records=keys_of(whole), rows=rows, requested_by=requested_by
    )


def run_export(entry_id: int) -> None:
    """Write the archive of an export that waits. Safe to run twice: a second worker finds it taken or done."""
    try:
        with session_lock(AdvisoryLock.PERSONAL, entry_id):
            entry = PersonalDataEntry.objects.filter(pk=entry_id, deed=Deed.EXPORTED, file="").first()
            if entry is None:
                return
            begin_job(entry.job_id)
            try:
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "person.zip"
                    write_archive(path, stored_records(entry.records))
                    with path.open("rb") as written:
                        entry.file.save("archive", File(written), save=False)
                entry.save(update_fields=["file"])
            except Exception:
                fail_job(entry.job_id, message=_("The export failed. Try again, or tell your administrator."))
                raise
            finish_job(entry.job_id, result={"entry": entry.pk})
    except LockTaken:
        return


def write_archive(path: Path, found: Sequence[Found]) -> None:
    """person.json and person.xlsx in one archive."""
    records = [described(part, record) for part in found for record in part.records]
    head = [_("Kind of record"), _("Record"), _("Field"), _("Value")]
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = {"exported_at": timezone.now(), "records": records}
        archive.writestr("person.json", json.dumps(whole, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder))
        sheet = Path(folder) / "person.xlsx"
        write_sheet(sheet, "xlsx", _("Personal data"), head, _lines(found))
        archive.write(sheet, "person.xlsx")


def described(part: Found, record: Any) -> dict[str, Any]:
    """One record for machines: what is held now, why, and what the trail remembers."""
    states = recorded_states(model_of(part.kind), [record.pk])
    past = []
    if states is not None:
        past = list(states.values("pgh_created_at", *recorded_fields(part.kind)))
    return {
        "kind": part.kind.key,
        "id": record.pk,
        "purpose": str(part.kind.purpose),
        "retention": str(part.kind.retention),
        "values": values_of(part.kind, record),
        "recorded_states": past,
    }


def _lines(found: Sequence[Found]) -> Iterator[list[Any]]:
    for part in found:
        meta, label = model_of(part.kind)._meta, label_of(part.kind)
        for record in part.records:
            for name, value in values_of(part.kind, record).items():
                yield [label, record.pk, str(capfirst(meta.get_field(name).verbose_name)), value]


def forget_files() -> int:
    """Delete the archives older than a week; their entries stay. Returns how many."""
    old = PersonalDataEntry.objects.filter(deed=Deed.EXPORTED, at__lt=timezone.now() - KEPT).exclude(file="")
    count = 0
    for entry in old.order_by("pk").iterator():
        entry.file.delete(save=False)
        entry.save(update_fields=["file"])
        count += 1
    return count


def retry_export(job: Any, actor: Any) -> None:
    """Write the archive again. Raises NotAllowed for the export of another, DomainError when there is nothing left to do."""
    with transaction.atomic():
        entry = PersonalDataEntry.objects.select_for_update(of=("self",)).filter(job=job, file="").first()
        if entry is None:
            raise DomainError(_("This export is done, or has been started anew."))
        if entry.actor_id != actor.pk or not actor.has_perm(MANAGE):
            raise NotAllowed(_("Only the person who asked for an export may start it anew."))
        entry.job = start_job(kind="personal_export", actor=actor, total=job.total)
        entry.save(update_fields=["job"])
        enqueue("crm.personal_export", entry_id=entry.pk)


def export_links(user: Any, jobs: Sequence[Any]) -> dict[int, str]:
    """The pages of the person's own exports."""
    rows = PersonalDataEntry.objects.filter(job__in=jobs, actor=user).values_list("job_id", "pk")
    return {job: reverse("personal:export", args=[pk]) for job, pk in rows if job is not None}
