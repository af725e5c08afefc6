"""Fixed choices of imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BatchState(TextChoices):
    """Where an import stands. It only moves forward, but for a new check."""

    MAPPING = "mapping", _("columns to be assigned")
    CHECKING = "checking", _("being checked")
    READY = "ready", _("checked")
    COMMITTING = "committing", _("being written")
    DONE = "done", _("finished")
    FAILED = "failed", _("failed")


class RowStatus(TextChoices):
    """What the check found about a row."""

    NEW = "new", _("to be created")
    CHANGED = "changed", _("to be updated")
    UNCHANGED = "unchanged", _("no change")
    DUPLICATE = "duplicate", _("duplicate")
    ERROR = "error", _("error")


class Outcome(TextChoices):
    """What became of a row; empty until it was written."""

    CREATED = "created", _("record created")
    UPDATED = "updated", _("record updated")
    UNCHANGED = "unchanged", _("no change")
    SKIPPED = "skipped", _("skipped as a duplicate")
    REJECTED = "rejected", _("rejected")


class OnDuplicate(TextChoices):
    """What to do with rows that are probably there already."""

    SKIP = "skip", _("Skip them")
    UPDATE = "update", _("Update the existing records")
    CREATE = "create", _("Create them as new records")
