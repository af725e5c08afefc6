"""The drop folder of a company whose ERP is not SAP, or has no way in: ERP_DROP_FOLDER."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.jobs import enqueue
from integrations.files.folder import KINDS, take_folder, waiting
from integrations.models import SyncRun

TASK = "integrations.drop_folder"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class DropFolder:
    """Where sheets are handed in. `waits` are the names of the files that wait, None when this process cannot see the folder:
    it may be on the worker's machine only."""

    path: str
    waits: list[str] | None


def take_drop_folder() -> list[SyncRun]:
    """Take the sheets that wait; nothing when no folder is set, and a line in the log when it is not there."""
    if not settings.ERP_DROP_FOLDER:
        return []
    folder = Path(settings.ERP_DROP_FOLDER)
    if not folder.is_dir():
        log.warning("drop_folder_missing", folder=str(folder))
        return []
    return take_folder(folder)


def drop_folder() -> DropFolder | None:
    """The folder as it is now; None when none is set."""
    if not settings.ERP_DROP_FOLDER:
        return None
    folder = Path(settings.ERP_DROP_FOLDER)
    try:
        waits = [sheet.name for sheet in waiting(folder, settled=0.0)]
    except OSError:
        return DropFolder(str(folder), None)
    return DropFolder(str(folder), waits)


def runs_of_files(runs: QuerySet[SyncRun]) -> QuerySet[SyncRun]:
    """Those of these runs that took a file of the folder: their message begins with its name."""
    named = [Q(entity_set=kind.entity_set, message__startswith=f"{kind.name}-") for kind in KINDS.values()]
    return runs.filter(reduce(or_, named))


def queue_take(*, actor: Any) -> None:
    """Have the folder looked at now. Raises NotAllowed, DomainError when none is set."""
    if not actor.has_perm("integrations.run_sync"):
        raise NotAllowed(_("You are not allowed to do this."))
    if not settings.ERP_DROP_FOLDER:
        raise DomainError(_("No drop folder is set."))
    with transaction.atomic():
        enqueue(TASK, queue="sync")
