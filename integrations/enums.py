"""Fixed choices of the exchange with other systems."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    """How a sync run stands."""

    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class RejectionState(TextChoices):
    """What became of a rejected row."""

    OPEN = "open", _("open")
    RESOLVED = "resolved", _("resolved")
