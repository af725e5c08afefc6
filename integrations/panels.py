"""Parts of the pages of runs and rejected rows."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.extension_points import Panel
from integrations.models import RejectedRow, SyncRun


def payload(request: HttpRequest, row: RejectedRow) -> dict[str, Any]:
    """The row as the ERP sent it."""
    return {"text": json.dumps(row.payload, ensure_ascii=False, indent=2)}


def control_sums(request: HttpRequest, run: SyncRun) -> dict[str, Any] | None:
    """Count and sum per currency; nothing for a run that read nothing."""
    rows = [{"group": group, **values} for group, values in sorted(run.control_sums.items())]
    return {"rows": rows} if rows else None


REJECTED_PANELS = (
    Panel(key="payload", label=_("Row"), slot="main", template="integrations/_payload.html", context=payload, order=10),
)
RUN_PANELS = (
    Panel(
        key="control_sums",
        label=_("Control sums"),
        slot="main",
        template="integrations/_control_sums.html",
        context=control_sums,
        order=10,
    ),
)
